"""The autograd of `dlbook.backprop.value`, on tensors.

One thing changes: the slope between a result and what it was made of is now
a whole Jacobian. Nobody writes it down. A function `pull` says what it does
to a gradient: from dL/d(result) to dL/d(parent). Arithmetic is torch's, all
derivatives are ours.
"""

from collections.abc import Callable, Sequence
from typing import Union

import torch
from jaxtyping import Float
from torch import Tensor

from dlbook._checking import checked_floating
from dlbook.backprop.value import history, new_number

Pull = Callable[[Tensor], Tensor]


# --8<-- [start:tensor_value]
class TensorValue:
    """A tensor that knows its history; `grad` has its shape.

    Args:
        data: the numbers, float; they are not copied.
        parents: what it was made of, each with its `pull`.
    """

    def __init__(
        self, data: Float[Tensor, "*shape"],
        parents: Sequence[tuple["TensorValue", Pull]] = (),
    ) -> None:
        self.data = checked_floating("data", data).detach()
        self.grad = torch.zeros_like(self.data)
        self.parents, self.number = parents, new_number()

    def backward(self) -> None:
        """Add d(self)/d(value) to the `grad` of all it was made of."""
        grads = {self: torch.ones_like(_checked_single(self.data))}
        for value in history(self):
            g = grads.pop(value)
            value.grad = value.grad + g
            for parent, pull in value.parents:
                before = grads.get(parent, 0.0)
                grads[parent] = before + fit(pull(g), parent.data.shape)
# --8<-- [end:tensor_value]

# --8<-- [start:operations]
    def __add__(self, other: Union["TensorValue", Tensor, float, int]):
        other = self.like(other)
        total = self.data + other.data
        return TensorValue(total, [(self, _same), (other, _same)])

    def __mul__(self, other: Union["TensorValue", Tensor, float, int]):
        other = self.like(other)
        a, b = self.data, other.data
        return TensorValue(a * b, [(self, lambda g: g * b),
                                   (other, lambda g: g * a)])

    def __matmul__(self, other: Union["TensorValue", Tensor]):
        other = self.like(other)
        a, b = _checked_matrices(self.data, other.data)
        return TensorValue(a @ b, [(self, lambda g: g @ b.mT),
                                   (other, lambda g: a.mT @ g)])

    def sum(self, dim: int | None = None):
        """The sum of all, or along one axis, which stays with length 1."""
        a = self.data
        total = a.sum() if dim is None else a.sum(dim, keepdim=True)
        return TensorValue(total, [(self, lambda g: g.expand_as(a))])

    def exp(self):
        y = self.data.exp()
        return TensorValue(y, [(self, lambda g: g * y)])

    def log(self):
        a = self.data
        return TensorValue(a.log(), [(self, lambda g: g / a)])

    def tanh(self):
        y = self.data.tanh()
        return TensorValue(y, [(self, lambda g: g * (1 - y * y))])

    def relu(self):
        on = self.data > 0
        return TensorValue(self.data.relu(), [(self, lambda g: g * on)])
# --8<-- [end:operations]

    def __neg__(self):
        return self * -1

    def __sub__(self, other: Union["TensorValue", Tensor, float, int]):
        return self + self.like(other) * -1

    def __rsub__(self, other: Union["TensorValue", Tensor, float, int]):
        return self.like(other) - self

    __radd__, __rmul__ = __add__, __mul__

    def like(self, other) -> "TensorValue":
        """The other as a TensorValue; a constant gets our type and place."""
        if isinstance(other, TensorValue):
            return other
        if not torch.is_tensor(other):
            other = self.data.new_tensor(other)
        return TensorValue(other)

    def __repr__(self) -> str:
        return f"TensorValue({tuple(self.data.shape)})"


# --8<-- [start:fit]
def fit(g: Tensor, shape: torch.Size) -> Tensor:
    """Sum over the copies that broadcasting made: g gets this shape back."""
    while g.ndim > len(shape):
        g = g.sum(0)
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.sum(axis, keepdim=True)
    return g
# --8<-- [end:fit]


# --8<-- [start:cross_entropy]
def cross_entropy(
    scores: TensorValue, one_hot: Float[Tensor, "n classes"],
) -> TensorValue:
    """The mean over rows of -log softmax(scores) at the right class."""
    top = scores.data.max(1, keepdim=True).values  # a constant: no overflow
    shifted = scores - top
    logs = shifted - shifted.exp().sum(1).log()
    return (logs * one_hot).sum() * (-1 / len(top))
# --8<-- [end:cross_entropy]


def _same(g: Tensor) -> Tensor:
    return g


def _checked_single(data) -> Tensor:
    if data.numel() != 1:
        raise ValueError(
            "backward starts from one number (sum the result first), got"
            f" shape {tuple(data.shape)}"
        )
    return data


def _checked_matrices(a, b) -> tuple[Tensor, Tensor]:
    if a.ndim < 2 or b.ndim < 2 or a.shape[-1] != b.shape[-2]:
        raise ValueError(
            "@ needs matrices whose inner sizes agree, got shapes"
            f" {tuple(a.shape)} and {tuple(b.shape)}"
        )
    return a, b
