"""Max pooling by 2 on a processor, with less work than the general one.

    y[i, j] = the largest of x[2i, 2j], x[2i, 2j+1], x[2i+1, 2j], x[2i+1, 2j+1]

Windows that do not overlap need no search. The larger of two rows is taken,
then the larger of two columns: each is one operation on whole maps.
"""

from typing import Any

import torch
from jaxtyping import Float, Shaped
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

ROWS, COLUMNS = 2, 3
WHOLE = {2: torch.int16, 4: torch.int32, 8: torch.int64}  # by bytes


class MaxPoolBy2(nn.Module):
    """`nn.MaxPool2d(2)`; of equal pixels another one may get the gradient."""

    def forward(
        self, x: Float[Tensor, "*n c h w"]
    ) -> Float[Tensor, "*n c h_half w_half"]:
        odd = x.ndim != 4 or x.shape[ROWS] % 2 or x.shape[COLUMNS] % 2
        if odd or x.device.type != "cpu":
            return nn.functional.max_pool2d(x, 2)
        return _Larger.apply(_Larger.apply(x, ROWS), COLUMNS)


def is_by_2(pool: Any) -> bool:
    """Whether a `nn.MaxPool2d` is one of 2 by 2 that do not overlap."""
    how = pool.kernel_size, pool.stride, pool.padding, pool.dilation
    both = [n if isinstance(n, tuple) else (n, n) for n in how]
    is_plain = both == [(2, 2), (2, 2), (0, 0), (1, 1)]
    return is_plain and not pool.ceil_mode


# --8<-- [start:larger]
class _Larger(torch.autograd.Function):
    """The larger of two neighbours on an axis.

    Where the second was taken, the bits of the first and of the larger
    differ. That is made a mask of all bits, with which the gradient is cut.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, axis: int) -> Tensor:
        first, second = _neighbours(x, axis)
        larger = torch.maximum(first, second)
        other = _bits(first) ^ _bits(larger)  # 0 where the first is taken
        mask = (other | -other) >> (8 * x.element_size() - 1)
        ctx.save_for_backward(mask)
        ctx.axis, ctx.like = axis, torch.empty_like(x, device="meta")
        return larger

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, None]:
        (mask,) = ctx.saved_tensors
        grad_x = torch.empty_like(ctx.like, device=grad.device)
        first, second = _neighbours(_bits(grad_x), ctx.axis)
        torch.bitwise_and(_bits(grad), mask, out=second)
        torch.bitwise_xor(_bits(grad), second, out=first)
        return grad_x, None
# --8<-- [end:larger]


def _neighbours(
    x: Shaped[Tensor, "n c h w"], axis: int
) -> tuple[Tensor, Tensor]:
    """Each second row or column, from the first and from the second on."""
    pairs = x.unflatten(axis, (-1, 2))
    return pairs.select(axis + 1, 0), pairs.select(axis + 1, 1)


def _bits(x: Tensor) -> Tensor:
    """The same memory, read as whole numbers."""
    return x.view(WHOLE[x.element_size()])
