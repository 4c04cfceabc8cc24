"""A convolution's gradients by hand; one is the transposed convolution.

Symbols as in `dlbook.convolution.forward`; `grad_y` is dL/dy: how much the
loss L changes with each output. Sources: Dumoulin and Visin (2016), section 4;
Goodfellow, Bengio and Courville (2016), section 9.5.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from dlbook._checking import (
    Pair,
    checked_pair,
    checked_pairs,
    refuse_other_shape,
)
from dlbook.convolution._refusals import (
    refuse_groups,
    refuse_stacks,
    refuse_tensors,
)
from dlbook.convolution.forward import _prepared, conv2d_unfold, windows
from dlbook.convolution.sizes import transposed_size, zeros_around


# --8<-- [start:weight_gradient]
def weight_gradient(
    grad_y: Float[Tensor, "n c_out h_out w_out"],
    x: Float[Tensor, "n c_in h w"],
    kernel: Pair,
    *, stride: Pair = 1, padding: Pair | str = 0, dilation: Pair = 1,
    groups: int = 1,
) -> Float[Tensor, "c_out c_group kh kw"]:
    """dL/dw of `conv2d`: each weight sums gradient × pixel, at all places."""
    refuse_stacks(x=x, grad_y=grad_y)
    kernel = checked_pair("kernel", kernel, 1)
    c_out, c_in = grad_y.shape[1], x.shape[1]
    refuse_groups(c_in, c_out, groups)
    weight = x.new_empty(c_out, c_in // groups, *kernel)  # for its shape
    x, stride, dilation = _prepared(
        x, weight, None, stride, padding, dilation, groups
    )
    seen = windows(x, kernel, stride=stride, dilation=dilation)
    _refuse_other_places(grad_y, seen, len(x), c_out)
    grad_y = grad_y.unflatten(1, (groups, c_out // groups))
    seen = seen.unflatten(1, (groups, c_in // groups))
    return torch.einsum("ngoij,ngcijuv->gocuv", grad_y, seen).flatten(0, 1)
# --8<-- [end:weight_gradient]


# --8<-- [start:input_gradient]
def input_gradient(
    grad_y: Float[Tensor, "n c_out h_out w_out"],
    weight: Float[Tensor, "c_out c_group kh kw"],
    size: tuple[int, int],
    *, stride: Pair = 1, padding: Pair | str = 0, dilation: Pair = 1,
    groups: int = 1,
) -> Float[Tensor, "n c_in h w"]:
    """dL/dx of `conv2d`, for an image of `size` (h, w)."""
    refuse_stacks(grad_y=grad_y, weight=weight)
    refuse_groups(len(weight), len(weight), groups)
    kernel, c_in = (weight.shape[2], weight.shape[3]), weight.shape[1] * groups
    x = grad_y.new_empty(0, c_in, *checked_pair("size", size, 1))
    x, stride, dilation = _prepared(
        x, weight, None, stride, padding, dilation, groups
    )
    seen = windows(x, kernel, stride=stride, dilation=dilation)
    _refuse_other_places(grad_y, seen, len(grad_y), len(weight))
    return _full_correlation(
        grad_y, weight, size, stride, padding, dilation, groups
    )


def _full_correlation(grad_y, weight, size, stride, padding, dilation, groups):
    (kh, kw), (sh, sw), (dh, dw) = weight.shape[2:], stride, dilation
    ends = zeros_around(padding, (kh, kw), stride, dilation)
    (top, bottom), (left, right) = ends
    high, wide = dh * (kh - 1), dw * (kw - 1)
    n, c_out, h_out, w_out = grad_y.shape
    # as many places as a stride of 1 would have had, 0 between the gradients
    rows = size[0] + top + bottom - high
    columns = size[1] + left + right - wide
    spread = grad_y.new_zeros(n, c_out, rows, columns)
    spread[:, :, : sh * h_out : sh, : sw * w_out : sw] = grad_y
    # turned round; inputs and outputs change places, too
    flipped = weight.unflatten(0, (groups, c_out // groups)).transpose(1, 2)
    flipped = flipped.flatten(0, 1).flip(2, 3)
    full = conv2d_unfold(
        spread, flipped, padding=(high, wide), dilation=dilation, groups=groups
    )
    return full[:, :, top : top + size[0], left : left + size[1]]
# --8<-- [end:input_gradient]


# --8<-- [start:conv_transpose2d]
def conv_transpose2d(
    x: Float[Tensor, "n c_in h w"],
    weight: Float[Tensor, "c_in c_group kh kw"],
    bias: Float[Tensor, " c_out"] | None = None,
    *, stride: Pair = 1, padding: Pair = 0, output_padding: Pair = 0,
    dilation: Pair = 1, groups: int = 1,
) -> Float[Tensor, "n c_out h_out w_out"]:
    """The transposed convolution: `input_gradient` run as a layer.

    The kernels are those of the convolution that it transposes: `c_in` of
    them, each `c_group = c_out / groups` deep. `output_padding` adds rows and
    columns at the bottom and the right: what the stride of that convolution
    left over.
    """
    refuse_tensors(x, weight, bias, groups, transposed=True)
    stride, dilation = checked_pairs(1, stride=stride, dilation=dilation)
    ends, extra = checked_pairs(
        0, padding=padding, output_padding=output_padding
    )
    size = [
        transposed_size(
            x.shape[axis + 2], weight.shape[axis + 2],
            stride=stride[axis], padding=ends[axis],
            output_padding=extra[axis], dilation=dilation[axis],
        )
        for axis in (0, 1)
    ]
    y = _full_correlation(x, weight, size, stride, padding, dilation, groups)
    return y if bias is None else y + bias[:, None, None].to(y.dtype)
# --8<-- [end:conv_transpose2d]


def _refuse_other_places(grad_y, seen, n, c_out) -> None:
    expected = n, c_out, *seen.shape[2:4]
    refuse_other_shape("grad_y", grad_y, expected, "the output")
