"""Convolution: one small set of weights, laid over every place of an image.

    y[n, o, i, j] = b[o] + sum over c, u, v of
                    w[o, c, u, v] * x[n, c, i*s + u*d - p, j*s + v*d - p]

`s` is the stride, `p` the padding, `d` the dilation; a pixel outside the image
counts as 0. The kernel is not flipped: strictly this is cross-correlation, as
in PyTorch. Sizes and symbols follow Dumoulin and Visin (2016),
https://arxiv.org/abs/1603.07285.
"""

import math

import torch
from jaxtyping import Float, Num
from torch import Tensor, nn

from dlbook._checking import Pair
from dlbook.convolution._refusals import (
    checked_axes,
    refuse_groups,
    refuse_padding,
    refuse_tensors,
)
from dlbook.convolution.sizes import output_size, zeros_around


# --8<-- [start:conv2d]
def conv2d(
    x: Float[Tensor, "n c_in h w"],
    weight: Float[Tensor, "c_out c_group kh kw"],
    bias: Float[Tensor, " c_out"] | None = None,
    *, stride: Pair = 1, padding: Pair | str = 0, dilation: Pair = 1,
    groups: int = 1,
) -> Float[Tensor, "n c_out h_out w_out"]:
    """Slide each of the `c_out` kernels over the image, from scratch.

    Two loops walk over the places; at each one the window is flattened and
    meets all kernels in one matrix product. Plain and slow.

    Args:
        x: the images.
        weight: the kernels; each sees `c_group = c_in / groups` channels.
        bias: one number for each kernel, added at every place.
        stride: pixels from one place to the next.
        padding: zeros on each side, "valid" (none), or "same" (keep the size).
        dilation: pixels from one weight of the kernel to the next.
        groups: into how many separate convolutions the channels are split.

    Raises:
        ValueError: if shapes, types, devices or numbers do not fit together.
    """
    x, (sh, sw), (dh, dw) = _prepared(
        x, weight, bias, stride, padding, dilation, groups
    )
    (c_out, c_group, kh, kw), (h, w) = weight.shape, x.shape[2:]
    h_out = output_size(h, kh, stride=sh, dilation=dh)
    w_out = output_size(w, kw, stride=sw, dilation=dw)
    kernels = weight.unflatten(0, (groups, c_out // groups))  # g o c kh kw
    kernels = kernels.flatten(2).mT  # g (c kh kw) o
    places = []
    for top in range(0, h_out * sh, sh):
        for left in range(0, w_out * sw, sw):
            rows = slice(top, top + dh * kh, dh)
            columns = slice(left, left + dw * kw, dw)
            window = x[:, :, rows, columns].unflatten(1, (groups, c_group))
            window = window.flatten(2)  # n g (c kh kw)
            places.append((window[:, :, None] @ kernels).flatten(1))  # n (g o)
    y = torch.stack(places, -1).unflatten(-1, (h_out, w_out))
    return y if bias is None else y + bias[:, None, None].to(y.dtype)
# --8<-- [end:conv2d]


# --8<-- [start:windows]
def windows(
    x: Num[Tensor, "n c h w"], kernel: Pair,
    *, stride: Pair = 1, dilation: Pair = 1,
) -> Num[Tensor, "n c h_out w_out kh kw"]:
    """Every window of the image, as a view: no pixel is copied."""
    (kh, kw), (sh, sw), (dh, dw) = checked_axes(kernel, stride, dilation)
    x = x.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)
    return x[..., ::dh, ::dw]
# --8<-- [end:windows]


# --8<-- [start:conv2d_unfold]
def conv2d_unfold(
    x: Float[Tensor, "n c_in h w"],
    weight: Float[Tensor, "c_out c_group kh kw"],
    bias: Float[Tensor, " c_out"] | None = None,
    *, stride: Pair = 1, padding: Pair | str = 0, dilation: Pair = 1,
    groups: int = 1,
) -> Float[Tensor, "n c_out h_out w_out"]:
    """`conv2d`, fast: the windows side by side, then one matrix product."""
    x, stride, dilation = _prepared(
        x, weight, bias, stride, padding, dilation, groups
    )
    (c_out, c_group, kh, kw), n = weight.shape, len(x)
    # n (g c) i j kh kw
    seen = windows(x, (kh, kw), stride=stride, dilation=dilation)
    h_out, w_out = seen.shape[2:4]
    columns = seen.permute(0, 1, 4, 5, 2, 3)  # n (g c) kh kw i j
    columns = columns.reshape(n, groups, c_group * kh * kw, h_out * w_out)
    kernels = weight.reshape(groups, c_out // groups, c_group * kh * kw)
    y = (kernels @ columns).reshape(n, c_out, h_out, w_out)
    return y if bias is None else y + bias[:, None, None].to(y.dtype)
# --8<-- [end:conv2d_unfold]


# --8<-- [start:conv2d_fast]
def conv2d_fast(
    x: Float[Tensor, "n c_in h w"],
    weight: Float[Tensor, "c_out c_group kh kw"],
    bias: Float[Tensor, " c_out"] | None = None,
    *, stride: Pair = 1, padding: Pair | str = 0, dilation: Pair = 1,
    groups: int = 1,
) -> Float[Tensor, "n c_out h_out w_out"]:
    """`conv2d`, faster: only the windows of single rows are copied.

    They hold kw times the image, not kh * kw times. Row u of the kernels
    meets rows u, u + sh, … of the image; the products are added up.
    """
    x, (sh, sw), (dh, dw) = _prepared(
        x, weight, bias, stride, padding, dilation, groups
    )
    (c_out, c_group, kh, kw), n = weight.shape, len(x)
    h_out = output_size(x.shape[2], kh, stride=sh, dilation=dh)
    seen = windows(x, (1, kw), stride=(1, sw), dilation=(1, dw))[..., 0, :]
    w_out = seen.shape[3]
    seen = seen.movedim(-1, 2).unflatten(1, (groups, c_group))
    # every sh-th row, from row 0 on, from row 1 on, …: (n g) (c kw) i j
    parts = [seen[..., p::sh, :].flatten(2, 3).flatten(0, 1) for p in range(sh)]
    y = x.new_zeros(c_out) if bias is None else bias
    y = y.reshape(groups, -1, 1).repeat(n, 1, 1)  # (n g) o 1
    for u in range(kh):
        i, p = divmod(dh * u, sh)
        rows = parts[p][:, :, i : i + h_out].flatten(2)  # (n g) (c kw) (i j)
        kernels = weight[:, :, u].reshape(1, groups, -1, c_group * kw)
        kernels = kernels.expand(n, -1, -1, -1).flatten(0, 1)
        y = torch.baddbmm(y, kernels, rows)  # y + kernels @ rows
    return y.reshape(n, c_out, h_out, w_out)
# --8<-- [end:conv2d_fast]


# --8<-- [start:layer]
class Conv2d(nn.Module):
    """`conv2d` with weights of its own; a `state_dict` of torch's layer fits.

    They are drawn in ±1/sqrt(c_in / groups * kh * kw), as torch does.
    """

    def __init__(
        self, c_in: int, c_out: int, kernel: Pair,
        *, stride: Pair = 1, padding: Pair | str = 0, dilation: Pair = 1,
        groups: int = 1, bias: bool = True,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        self.stride, self.padding = stride, padding
        self.dilation, self.groups = dilation, groups
        kernel, stride, _ = checked_axes(kernel, stride, dilation)
        refuse_padding(padding, stride)
        refuse_groups(c_in, c_out, groups)
        shape = c_out, c_in // groups, *kernel
        bound = math.prod(shape[1:]) ** -0.5

        def drawn(*shape: int) -> nn.Parameter:
            values = torch.empty(shape)
            values.uniform_(-bound, bound, generator=generator)
            return nn.Parameter(values)

        self.weight = drawn(*shape)
        self.bias = drawn(c_out) if bias else None

    def forward(
        self, x: Float[Tensor, "n c_in h w"]
    ) -> Float[Tensor, "n c_out h_out w_out"]:
        return conv2d_fast(
            x, self.weight, self.bias,
            stride=self.stride, padding=self.padding,
            dilation=self.dilation, groups=self.groups,
        )
# --8<-- [end:layer]

    def extra_repr(self) -> str:
        c_out, c_group, *kernel = self.weight.shape
        return (
            f"{c_group * self.groups}, {c_out}, {tuple(kernel)},"
            f" stride={self.stride}, padding={self.padding!r},"
            f" dilation={self.dilation}, groups={self.groups},"
            f" bias={self.bias is not None}"
        )


def _prepared(
    x, weight, bias, stride, padding, dilation, groups
) -> tuple[Tensor, tuple[int, int], tuple[int, int]]:
    """The padded image, and stride and dilation as pairs."""
    refuse_tensors(x, weight, bias, groups)
    kernel = tuple(weight.shape[2:])
    kernel, stride, dilation = checked_axes(kernel, stride, dilation)
    ends = zeros_around(padding, kernel, stride, dilation)
    axes = zip(x.shape[2:], kernel, stride, ends, dilation, strict=True)
    for n, k, s, p, d in axes:  # a kernel wider than the axis is refused
        output_size(n, k, stride=s, padding=p[1], dilation=d)
    (top, bottom), (left, right) = ends
    zeros = (left, right, top, bottom)
    x = nn.functional.pad(x, zeros) if any(zeros) else x
    return x, stride, dilation
