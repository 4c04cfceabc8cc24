"""Pooling: one number for each window, channel by channel; nothing to learn.

    max:      y[i, j] = max over u, v of x[i*s + u*d - p, j*s + v*d - p]
    average:  y[i, j] = sum over u, v of x[i*s + u - p, j*s + v - p] / D[i, j]

`s` is the stride, `p` the padding, `d` the dilation. What lies outside of the
image is never the maximum, and adds 0 to a sum; D is how many places count.
The rules are those of `torch.nn.MaxPool2d` and `torch.nn.AvgPool2d`.
"""

from itertools import product
from typing import Any, NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import pad

from dlbook._checking import (
    IMAGES,
    Pair,
    checked_floating,
    checked_pair,
    checked_whole,
    refuse_other_kind,
    refuse_other_shape,
)
from dlbook.convolution import sizes
from dlbook.convolution._refusals import checked_axes, refuse_sizes
from dlbook.convolution.forward import windows


# --8<-- [start:output_size]
def output_size(
    size: int, kernel: int,
    *, stride: int | None = None, padding: int = 0, dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """How many windows there are along one axis. No stride means `kernel`.

    >>> output_size(7, 2)                  # at 0, 2, 4; pixel 6 is not read
    3
    >>> output_size(7, 2, ceil_mode=True)  # and at 6, over the end
    4
    >>> output_size(5, 2, padding=1, ceil_mode=True)  # at -1, 1, 3; not at 5
    3

    Raises:
        ValueError: for numbers without sense, for a padding of more than half
            a kernel, and for a kernel too wide.
    """
    stride = kernel if stride is None else stride
    how = {"stride": stride, "padding": padding, "dilation": dilation}
    refuse_sizes(size, kernel, stride, padding, dilation)
    _refuse_more_than_half(padding, kernel)
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    if not ceil_mode or room <= -stride:  # too wide in any mode
        return sizes.output_size(size, kernel, **how)
    rounded_up = -(-room // stride)
    starts_before_the_end = (size + padding - 1) // stride
    return min(rounded_up, starts_before_the_end) + 1
# --8<-- [end:output_size]


# --8<-- [start:fit]
class _Fit(NamedTuple):
    """Windows, and how far the image must be padded (or cut) to fit them."""

    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]
    dilation: tuple[int, int]
    places: list[int]
    ends: list[int]  # left, right, top, bottom

    def windows(self, image: Tensor, outside: int = 0) -> Tensor:
        image = pad(image, self.ends, value=outside)
        how = {"stride": self.stride, "dilation": self.dilation}
        return windows(image, self.kernel, **how)
# --8<-- [end:fit]


# --8<-- [start:winners]
def winners(
    x: Float[Tensor, "n c h w"], kernel: Pair,
    *, stride: Pair | None = None, padding: Pair = 0, dilation: Pair = 1,
    ceil_mode: bool = False,
) -> Int[Tensor, "n c h_out w_out"]:
    """Where each window has its maximum: row * w + column of that pixel.

    Of equals the first wins, row by row. NaN wins against every number.
    """
    _refuse_images("x", x)
    h, w = x.shape[2:]
    fit = _fit((h, w), kernel, stride, padding, dilation, ceil_mode)
    numbers = torch.arange(h * w, device=x.device).reshape(1, 1, h, w)
    values, numbers = fit.windows(x.detach()), fit.windows(numbers, -1)
    best, highest = numbers.new_tensor(-1), values[..., 0, 0]
    for u, v in product(*map(range, fit.kernel)):
        value, number = values[..., u, v], numbers[..., u, v]
        larger = (value > highest) | value.isnan() | (best < 0)
        wins = larger & (number >= 0)  # the padding never wins
        best = torch.where(wins, number, best)
        highest = torch.where(wins, value, highest)
    if (best < 0).any():
        raise ValueError(
            f"a window of kernel {fit.kernel}, dilation {fit.dilation}"
            f" and padding {fit.padding} sees no pixel of an image {h} x {w}"
        )
    return best
# --8<-- [end:winners]


# --8<-- [start:max_pool2d]
def max_pool2d(
    x: Float[Tensor, "n c h w"], kernel: Pair,
    *, stride: Pair | None = None, padding: Pair = 0, dilation: Pair = 1,
    ceil_mode: bool = False,
) -> Float[Tensor, "n c h_out w_out"]:
    """The largest number of each window: find the winners, look them up.

    Args:
        x: the images.
        kernel: rows and columns of a window.
        stride: pixels from one window to the next; by default `kernel`.
        padding: places on each side that windows may reach, and never win.
        dilation: pixels from one place of a window to the next.
        ceil_mode: whether a window may hang over the end.

    Raises:
        ValueError: for numbers without sense, or a tensor that does not fit.
    """
    best = winners(
        x, kernel, stride=stride, padding=padding, dilation=dilation,
        ceil_mode=ceil_mode,
    )
    y = x.flatten(2).gather(2, best.flatten(2))
    return y.reshape(best.shape)
# --8<-- [end:max_pool2d]


# --8<-- [start:max_pool2d_gradient]
def max_pool2d_gradient(
    grad_y: Float[Tensor, "n c h_out w_out"], x: Float[Tensor, "n c h w"],
    kernel: Pair,
    *, stride: Pair | None = None, padding: Pair = 0, dilation: Pair = 1,
    ceil_mode: bool = False,
) -> Float[Tensor, "n c h w"]:
    """dL/dx of `max_pool2d`, by hand: each dL/dy goes to its winner."""
    best = winners(
        x, kernel, stride=stride, padding=padding, dilation=dilation,
        ceil_mode=ceil_mode,
    )
    _refuse_gradient(grad_y, x, best.shape)
    grad_x = torch.zeros_like(x).flatten(2)
    grad_x = grad_x.scatter_add(2, best.flatten(2), grad_y.flatten(2))
    return grad_x.reshape(x.shape)
# --8<-- [end:max_pool2d_gradient]


# --8<-- [start:avg_pool2d]
def avg_pool2d(
    x: Float[Tensor, "n c h w"], kernel: Pair,
    *, stride: Pair | None = None, padding: Pair = 0, ceil_mode: bool = False,
    count_include_pad: bool = True, divisor_override: int | None = None,
) -> Float[Tensor, "n c h_out w_out"]:
    """The mean of each window. Half precision is added up in single.

    Args:
        x: the images.
        kernel: rows and columns of a window.
        stride: pixels from one window to the next; by default `kernel`.
        padding: zeros on each side.
        ceil_mode: whether a window may hang over the end.
        count_include_pad: whether the zeros count as pixels. What hangs over
            the padding never counts.
        divisor_override: divide every sum by this instead.

    Raises:
        ValueError: for numbers without sense, or a tensor that does not fit.
    """
    _refuse_images("x", x)
    fit = _fit(x.shape[2:], kernel, stride, padding, 1, ceil_mode)
    divisor = _divisor(
        x, x.shape[2:], fit, count_include_pad, divisor_override
    )
    sums = fit.windows(x).sum((-2, -1), dtype=divisor.dtype)
    return (sums / divisor).to(x.dtype)
# --8<-- [end:avg_pool2d]


# --8<-- [start:divisor]
def _divisor(like, size, fit, count_include_pad, divisor_override) -> Tensor:
    """By what each sum is divided: rows times columns that count."""
    wide = torch.promote_types(like.dtype, torch.float32)
    if divisor_override is not None:
        checked_whole("divisor_override", divisor_override, 1)
        return torch.tensor(divisor_override, dtype=wide, device=like.device)
    counts = []
    for n, k, s, p, places in zip(
        size, fit.kernel, fit.stride, fit.padding, fit.places, strict=True
    ):
        start = torch.arange(places, dtype=wide, device=like.device) * s - p
        end = (start + k).clamp(max=n + p)
        if not count_include_pad:
            start, end = start.clamp(min=0), end.clamp(max=n)
        counts.append(end - start)
    return counts[0][:, None] * counts[1]
# --8<-- [end:divisor]


# --8<-- [start:avg_pool2d_gradient]
def avg_pool2d_gradient(
    grad_y: Float[Tensor, "n c h_out w_out"], size: tuple[int, int],
    kernel: Pair,
    *, stride: Pair | None = None, padding: Pair = 0, ceil_mode: bool = False,
    count_include_pad: bool = True, divisor_override: int | None = None,
) -> Float[Tensor, "n c h w"]:
    """dL/dx of `avg_pool2d`, by hand, for images of `size` (h, w).

    Each dL/dy, divided as its sum was, is added to all places of its window.
    """
    _refuse_images("grad_y", grad_y)
    size = checked_pair("size", size, 1)
    fit = _fit(size, kernel, stride, padding, 1, ceil_mode)
    _refuse_gradient(grad_y, grad_y, (*grad_y.shape[:2], *fit.places))
    divisor = _divisor(grad_y, size, fit, count_include_pad, divisor_override)
    share = grad_y / divisor
    grad_x = pad(share.new_zeros(*share.shape[:2], *size), fit.ends)
    (sh, sw), (h_out, w_out) = fit.stride, fit.places
    for u, v in product(*map(range, fit.kernel)):
        rows = slice(u, u + sh * h_out, sh)
        grad_x[:, :, rows, v : v + sw * w_out : sw] += share
    return pad(grad_x, [-end for end in fit.ends]).to(grad_y.dtype)
# --8<-- [end:avg_pool2d_gradient]


# --8<-- [start:global_avg_pool2d]
def global_avg_pool2d(x: Float[Tensor, "n c h w"]) -> Float[Tensor, "n c"]:
    """One window as large as the image: the mean of each channel."""
    _refuse_images("x", x)
    return x.mean((2, 3))
# --8<-- [end:global_avg_pool2d]


# --8<-- [start:layer]
class MaxPool2d(nn.Module):
    """`max_pool2d` as a layer. It has no weights, and learns nothing."""

    def __init__(
        self, kernel: Pair,
        *, stride: Pair | None = None, padding: Pair = 0, dilation: Pair = 1,
        ceil_mode: bool = False,
    ) -> None:
        super().__init__()
        _checked_windows(kernel, stride, padding, dilation)
        self.kernel = kernel
        self.how: dict[str, Any] = {
            "stride": stride, "padding": padding, "dilation": dilation,
            "ceil_mode": ceil_mode,
        }

    def forward(
        self, x: Float[Tensor, "n c h w"]
    ) -> Float[Tensor, "n c h_out w_out"]:
        return max_pool2d(x, self.kernel, **self.how)

    def extra_repr(self) -> str:
        return _said(self)
# --8<-- [end:layer]


class AvgPool2d(nn.Module):
    """`avg_pool2d` as a layer. It has no weights either."""

    def __init__(
        self, kernel: Pair,
        *, stride: Pair | None = None, padding: Pair = 0,
        ceil_mode: bool = False, count_include_pad: bool = True,
        divisor_override: int | None = None,
    ) -> None:
        super().__init__()
        _checked_windows(kernel, stride, padding, 1)
        if divisor_override is not None:
            checked_whole("divisor_override", divisor_override, 1)
        self.kernel = kernel
        self.how: dict[str, Any] = {
            "stride": stride, "padding": padding, "ceil_mode": ceil_mode,
            "count_include_pad": count_include_pad,
            "divisor_override": divisor_override,
        }

    def forward(
        self, x: Float[Tensor, "n c h w"]
    ) -> Float[Tensor, "n c h_out w_out"]:
        return avg_pool2d(x, self.kernel, **self.how)

    def extra_repr(self) -> str:
        return _said(self)


def _said(layer) -> str:
    how = [f"{name}={value}" for name, value in layer.how.items()]
    return ", ".join([str(layer.kernel), *how])


def _refuse_more_than_half(padding, kernel) -> None:
    if 2 * padding > kernel:
        raise ValueError(
            "the padding must be at most half of the kernel:"
            f" padding {padding}, kernel {kernel}"
        )


def _checked_windows(
    kernel, stride, padding, dilation
) -> list[tuple[int, int]]:
    """All four as (rows, columns)."""
    stride = kernel if stride is None else stride
    kernel, stride, dilation = checked_axes(kernel, stride, dilation)
    padding = checked_pair("padding", padding, 0)
    for p, k in zip(padding, kernel, strict=True):
        _refuse_more_than_half(p, k)
    return [kernel, stride, padding, dilation]


def _fit(size, kernel, stride, padding, dilation, ceil_mode) -> _Fit:
    axes = _checked_windows(kernel, stride, padding, dilation)
    places: list[int] = []
    ends: list[int] = []
    for n, k, s, p, d in zip(size, *axes, strict=True):
        how = {"stride": s, "padding": p, "dilation": d}
        o = output_size(n, k, **how, ceil_mode=ceil_mode)
        reach = (o - 1) * s + d * (k - 1) + 1  # from the first place on
        places, ends = [*places, o], [p, reach - n - p, *ends]
    return _Fit._make([*axes, places, ends])


def _refuse_images(name, images) -> None:
    checked_floating(name, images, IMAGES)
    checked_whole("the number of channels", images.shape[1], 1)


def _refuse_gradient(grad_y, x, expected) -> None:
    _refuse_images("grad_y", grad_y)
    refuse_other_kind(x=x, grad_y=grad_y)
    refuse_other_shape("grad_y", grad_y, expected, "the output")
