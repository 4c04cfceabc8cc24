"""Sizes: how large a convolution's output is, what it sees and what it costs.

Symbols follow Dumoulin and Visin (2016), https://arxiv.org/abs/1603.07285.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

from dlbook._checking import Pair, checked_pair, checked_whole
from dlbook.convolution._refusals import (
    checked_axes,
    refuse_groups,
    refuse_padding,
    refuse_sizes,
)

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
    refuse_sizes(size, kernel, stride, padding, dilation)
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
    refuse_sizes(size, kernel, stride, padding, dilation)
    checked_whole("output_padding", output_padding, 0)
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
        kernel, stride, dilation = _checked_layer(layer)
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
    kernel, stride, dilation = checked_axes(kernel, stride, dilation)
    refuse_groups(c_in, c_out, groups)
    per_place, places = c_out * (c_in // groups) * math.prod(kernel), 1
    ends = zeros_around(padding, kernel, stride, dilation)
    size = checked_pair("size", size, 1)
    axes = zip(size, ends, kernel, stride, dilation, strict=True)
    for n, zeros, k, s, d in axes:
        places *= output_size(n + sum(zeros), k, stride=s, dilation=d)
    return Cost(per_place + c_out * bias, per_place * places)
# --8<-- [end:cost]


def _checked_layer(layer: object) -> tuple[int, ...]:
    parts = tuple(layer) if isinstance(layer, (tuple, list)) else (layer,)
    if not 1 <= len(parts) <= 3:
        raise ValueError(
            "a layer is kernel, (kernel, stride)"
            f" or (kernel, stride, dilation), got {layer!r}"
        )
    names = ("kernel", "stride", "dilation")
    return tuple(map(checked_whole, names, (*parts, 1, 1), (1, 1, 1)))


# --8<-- [start:padding]
def zeros_around(padding, kernel, stride, dilation) -> tuple[Ends, Ends]:
    """Zeros at (top, bottom) and (left, right)."""
    refuse_padding(padding, stride)
    if padding == "valid":
        return (0, 0), (0, 0)
    if padding != "same":
        vertical, horizontal = checked_pair("padding", padding, 0)
        return (vertical, vertical), (horizontal, horizontal)
    high, wide = (d * (k - 1) for k, d in zip(kernel, dilation, strict=True))
    return (high // 2, high - high // 2), (wide // 2, wide - wide // 2)
# --8<-- [end:padding]
