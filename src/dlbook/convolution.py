"""Convolution: one small set of weights, laid over every place of an image.

    y[n, o, i, j] = b[o] + sum over c, u, v of
                    w[o, c, u, v] * x[n, c, i*s + u*d - p, j*s + v*d - p]

`s` is the stride, `p` the padding, `d` the dilation; a pixel outside the image
counts as 0. The kernel is not flipped: strictly this is cross-correlation, as
in PyTorch. Sizes and symbols follow Dumoulin and Visin (2016),
https://arxiv.org/abs/1603.07285.
"""

from collections.abc import Iterable
from typing import NamedTuple

import torch
from jaxtyping import Float, Num
from torch import Tensor, nn

from dlbook.checking import Pair, alike, pair, whole, whole_numbers

Ends = tuple[int, int]  # how many zeros at the start and at the end of an axis


# --8<-- [start:output_size]
def output_size(
    size: int, kernel: int,
    *, stride: int = 1, padding: int = 0, dilation: int = 1,
) -> int:
    """How many places a kernel fits along one axis (Dumoulin and Visin, 5.1).

    >>> output_size(5, 3)             # it starts at 0, 1, 2
    3
    >>> output_size(5, 3, padding=1)  # one zero at each end keeps the size
    5
    >>> output_size(8, 3, stride=2)   # 0, 2, 4; the last pixel is not read
    3

    Raises:
        ValueError: for numbers without sense, and for a kernel too wide.
    """
    whole_numbers(size=size, kernel=kernel, stride=stride, dilation=dilation)
    whole("padding", padding, 0)
    width, room = dilation * (kernel - 1) + 1, size + 2 * padding
    if width > room:
        raise ValueError(
            "the kernel is wider than the padded axis:"
            f" kernel {kernel} with dilation {dilation} covers {width} pixels,"
            f" size {size} with padding {padding} has {room}"
        )
    return (room - width) // stride + 1
# --8<-- [end:output_size]


# --8<-- [start:transposed_size]
def transposed_size(
    size: int, kernel: int,
    *, stride: int = 1, padding: int = 0, output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """The size behind a transposed convolution (Dumoulin and Visin, 4.6).

    It undoes `output_size`, up to what the division by the stride left over:
    `output_padding` adds that.

    >>> output_size(7, 3, stride=2), output_size(8, 3, stride=2)
    (3, 3)
    >>> transposed_size(3, 3, stride=2)
    7
    >>> transposed_size(3, 3, stride=2, output_padding=1)
    8

    Raises:
        ValueError: for numbers without sense, for an `output_padding` smaller
            than neither stride nor dilation, and if no pixel is left.
    """
    whole_numbers(size=size, kernel=kernel, stride=stride, dilation=dilation)
    whole("padding", padding, 0)
    whole("output_padding", output_padding, 0)
    if output_padding >= max(stride, dilation):
        raise ValueError(
            f"output_padding {output_padding} must be smaller"
            f" than stride {stride} or dilation {dilation}"
        )
    full = (size - 1) * stride + dilation * (kernel - 1) + 1 + output_padding
    if full <= 2 * padding:
        raise ValueError(
            f"padding {padding} leaves nothing"
            f" of the {full} pixels of the transposed size"
        )
    return full - 2 * padding
# --8<-- [end:transposed_size]


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
    return y if bias is None else y + bias[:, None, None]
# --8<-- [end:conv2d]


# --8<-- [start:windows]
def windows(
    x: Num[Tensor, "n c h w"], kernel: Pair,
    *, stride: Pair = 1, dilation: Pair = 1,
) -> Num[Tensor, "n c h_out w_out kh kw"]:
    """Every window of the image, as a view: no pixel is copied."""
    (kh, kw), (sh, sw) = pair("kernel", kernel, 1), pair("stride", stride, 1)
    dh, dw = pair("dilation", dilation, 1)
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
    return y if bias is None else y + bias[:, None, None]
# --8<-- [end:conv2d_unfold]


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
        kernel, stride = pair("kernel", kernel, 1), pair("stride", stride, 1)
        _padding(padding, kernel, stride, pair("dilation", dilation, 1))
        c_group = _shared(c_in, c_out, groups)
        bound = (c_group * kernel[0] * kernel[1]) ** -0.5

        def drawn(*shape: int) -> nn.Parameter:
            values = torch.empty(shape)
            values.uniform_(-bound, bound, generator=generator)
            return nn.Parameter(values)

        self.weight = drawn(c_out, c_group, *kernel)
        self.bias = drawn(c_out) if bias else None

    def forward(
        self, x: Float[Tensor, "n c_in h w"]
    ) -> Float[Tensor, "n c_out h_out w_out"]:
        return conv2d_unfold(
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


# --8<-- [start:receptive_field]
def receptive_field(layers: Iterable[int | tuple[int, ...]]) -> int:
    """How wide, on one axis and gaps included, the last layer's field is.

    A layer is a kernel width, (kernel, stride), or (kernel, stride, dilation).

    >>> receptive_field([3, 3])  # as much as one 5-wide kernel
    5
    >>> receptive_field([(5, 1), (2, 2), (5, 1), (2, 2)])  # LeNet
    16
    """
    field, jump = 1, 1  # jump: pixels from one value of this layer to the next
    for layer in layers:
        kernel, stride, dilation = _layer(layer)
        field += dilation * (kernel - 1) * jump
        jump *= stride
    return field
# --8<-- [end:receptive_field]


# --8<-- [start:cost]
class Cost(NamedTuple):
    """What a layer costs: numbers to store, multiply-adds for one image."""

    parameters: int
    multiply_adds: int


def cost(
    size: Pair, c_in: int, c_out: int, kernel: Pair,
    *, stride: Pair = 1, padding: Pair | str = 0, dilation: Pair = 1,
    groups: int = 1, bias: bool = True,
) -> Cost:
    """What a convolution over an image of `size` costs; a bias adds no work.

    >>> cost(32, 1, 6, 5)  # LeNet's first layer
    Cost(parameters=156, multiply_adds=117600)
    """
    (kh, kw), axes = pair("kernel", kernel, 1), pair("size", size, 1)
    stride, dilation = pair("stride", stride, 1), pair("dilation", dilation, 1)
    per_place = c_out * _shared(c_in, c_out, groups) * kh * kw
    places = 1
    ends = _padding(padding, (kh, kw), stride, dilation)
    for axis in (0, 1):
        n, k = axes[axis] + sum(ends[axis]), (kh, kw)[axis]
        s, d = stride[axis], dilation[axis]
        places *= output_size(n, k, stride=s, dilation=d)
    return Cost(per_place + c_out * bias, per_place * places)
# --8<-- [end:cost]


def _layer(layer: object) -> tuple[int, int, int]:
    parts = tuple(layer) if isinstance(layer, (tuple, list)) else (layer,)
    if not 1 <= len(parts) <= 3:
        raise ValueError(
            "a layer is kernel, (kernel, stride)"
            f" or (kernel, stride, dilation), got {layer!r}"
        )
    kernel, stride, dilation = (*parts, 1, 1)[:3]
    return (
        whole("kernel", kernel, 1),
        whole("stride", stride, 1),
        whole("dilation", dilation, 1),
    )


# --8<-- [start:padding]
def _padding(padding, kernel, stride, dilation) -> tuple[Ends, Ends]:
    """Zeros at (top, bottom) and (left, right)."""
    if padding == "valid":
        return (0, 0), (0, 0)
    if padding != "same":
        vertical, horizontal = pair("padding", padding, 0)
        return (vertical, vertical), (horizontal, horizontal)
    if stride != (1, 1):
        raise ValueError(f'padding="same" needs a stride of 1, got {stride}')
    high, wide = (d * (k - 1) for k, d in zip(kernel, dilation, strict=True))
    return (high // 2, high - high // 2), (wide // 2, wide - wide // 2)
# --8<-- [end:padding]


def _shared(c_in: int, c_out: int, groups: int) -> int:
    """How many channels each kernel sees."""
    for name, value in (("c_in", c_in), ("c_out", c_out), ("groups", groups)):
        whole(name, value, 1)
    if c_in % groups or c_out % groups:
        raise ValueError(
            f"groups {groups} must divide the channels,"
            f" c_in {c_in} and c_out {c_out}"
        )
    return c_in // groups


def _prepared(
    x, weight, bias, stride, padding, dilation, groups
) -> tuple[Tensor, tuple, tuple]:
    """The padded image, and stride and dilation as pairs.

    Raises:
        ValueError: for what does not fit together.
    """
    alike(x, weight=(weight, 4), bias=(bias, 1))
    c_in, (c_out, c_group, *kernel) = x.shape[1], weight.shape
    if _shared(c_in, c_out, groups) != c_group:
        raise ValueError(
            f"x has {c_in} channels, but kernels of shape"
            f" {tuple(weight.shape)} with groups {groups}"
            f" expect {c_group * groups}"
        )
    if bias is not None and len(bias) != c_out:
        raise ValueError(
            f"bias must hold {c_out} numbers, one for each kernel,"
            f" got {len(bias)}"
        )
    stride, dilation = pair("stride", stride, 1), pair("dilation", dilation, 1)
    ends = _padding(padding, kernel, stride, dilation)
    axes = zip(x.shape[2:], kernel, stride, ends, dilation, strict=True)
    for n, k, s, p, d in axes:
        # refuses a kernel wider than the padded axis
        output_size(n, k, stride=s, padding=p[1], dilation=d)
    (top, bottom), (left, right) = ends
    return nn.functional.pad(x, (left, right, top, bottom)), stride, dilation
