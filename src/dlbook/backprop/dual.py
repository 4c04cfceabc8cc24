"""Forward mode: a number that carries its slope along.

    (a + b ε) with ε² = 0, so that f(a + b ε) = f(a) + f'(a) b ε

`Dual` has the operations of `dlbook.backprop.value.Value`, so a function
written with these runs on both. Source: Baydin et al. (2018), section 3.1,
https://arxiv.org/abs/1502.05767.
"""

from typing import Union

from dlbook.backprop._refusals import checked_real
from dlbook.backprop.value import Value


# --8<-- [start:dual]
class Dual:
    """A number, and how fast it changes with the one input that is watched.

    >>> x = Dual(3, slope=1)
    >>> x * x + 2 * x
    Dual(15, slope=8)
    """

    def __init__(self, data: float | int, slope: float | int = 0.0) -> None:
        self.data, self.slope = checked_real(data), checked_real(slope)

    def __add__(self, other: Union["Dual", float, int]) -> "Dual":
        other = _dual(other)
        return Dual(self.data + other.data, self.slope + other.slope)

    def __mul__(self, other: Union["Dual", float, int]) -> "Dual":
        other = _dual(other)
        (a, b), (c, d) = (self.data, self.slope), (other.data, other.slope)
        return Dual(a * c, a * d + b * c)  # and b * d * ε² is 0

    def through(self, y: Value) -> "Dual":
        """The chain rule; a `Value` of one step knows f(a) and f'(a)."""
        ((_, slope),) = y.parents
        return Dual(y.data, slope * self.slope)

    def tanh(self) -> "Dual":
        return self.through(Value(self.data).tanh())
# --8<-- [end:dual]

    def __pow__(self, n: float | int) -> "Dual":
        return self.through(Value(self.data) ** n)

    def exp(self) -> "Dual":
        return self.through(Value(self.data).exp())

    def log(self) -> "Dual":
        return self.through(Value(self.data).log())

    def sigmoid(self) -> "Dual":
        return self.through(Value(self.data).sigmoid())

    def relu(self) -> "Dual":
        return self.through(Value(self.data).relu())

    def __neg__(self) -> "Dual":
        return self * -1

    def __sub__(self, other: Union["Dual", float, int]) -> "Dual":
        return self + _dual(other) * -1

    def __truediv__(self, other: Union["Dual", float, int]) -> "Dual":
        return self * _dual(other) ** -1

    def __rsub__(self, other: float | int) -> "Dual":
        return _dual(other) - self

    def __rtruediv__(self, other: float | int) -> "Dual":
        return _dual(other) / self

    __radd__, __rmul__ = __add__, __mul__

    def __repr__(self) -> str:
        return f"Dual({self.data:g}, slope={self.slope:g})"


def _dual(x) -> Dual:
    return x if isinstance(x, Dual) else Dual(x)
