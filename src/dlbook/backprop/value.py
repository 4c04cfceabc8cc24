"""An autograd of our own, for single numbers.

A `Value` remembers what it was made of, and how fast it changes with each of
these. `backward` walks from a result to all it was made of, newest first, and
multiplies and adds: the chain rule on a graph. After micrograd (Karpathy,
2020), without its recursion.
"""

import math
from collections.abc import Sequence
from itertools import count
from typing import Any, Union

from dlbook.backprop._refusals import checked_real, refuse_power

new_number = count().__next__  # 0, 1, 2, …: which value is older?


# --8<-- [start:value]
class Value:
    """A number that knows its history.

    Args:
        data: the number.
        parents: what it was made of, each with a slope: by how much this
            number changes per change of that one.

    After `backward()` on a result made of it, `grad` is the derivative of
    that result by this number. Further calls add to it, as in torch.
    """

    __slots__ = ("data", "grad", "number", "parents")

    def __init__(
        self, data: float | int,
        parents: Sequence[tuple["Value", float]] = (),
    ) -> None:
        self.data, self.grad = checked_real(data), 0.0
        self.parents, self.number = parents, new_number()

    def backward(self) -> None:
        """Add d(self)/d(value) to the `grad` of all it was made of."""
        grads = {self: 1.0}
        for value in history(self):
            g = grads.pop(value)  # complete: all it went into came before
            value.grad += g
            for parent, slope in value.parents:
                grads[parent] = grads.get(parent, 0.0) + slope * g
# --8<-- [end:value]

# --8<-- [start:operations]
    def __add__(self, other: Union["Value", float, int]) -> "Value":
        other = _value(other)
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other: Union["Value", float, int]) -> "Value":
        other = _value(other)
        a, b = self.data, other.data
        return Value(a * b, [(self, b), (other, a)])

    def __pow__(self, n: float | int) -> "Value":
        a = self.data
        refuse_power(a, n)
        return Value(a**n, [(self, n * a ** (n - 1) if n else 0.0)])

    def exp(self) -> "Value":
        y = math.exp(self.data)
        return Value(y, [(self, y)])

    def log(self) -> "Value":
        if self.data <= 0:
            raise ValueError(f"log needs a number above 0, got {self.data}")
        return Value(math.log(self.data), [(self, 1 / self.data)])

    def tanh(self) -> "Value":
        y = math.tanh(self.data)
        return Value(y, [(self, 1 - y * y)])

    def sigmoid(self) -> "Value":
        e = math.exp(-abs(self.data))  # at most 1: no overflow
        y = (1 if self.data >= 0 else e) / (1 + e)
        return Value(y, [(self, e / (1 + e) ** 2)])

    def relu(self) -> "Value":
        return Value(max(self.data, 0.0), [(self, float(self.data > 0))])
# --8<-- [end:operations]

# --8<-- [start:derived]
    def __neg__(self) -> "Value":
        return self * -1

    def __sub__(self, other: Union["Value", float, int]) -> "Value":
        return self + _value(other) * -1

    def __truediv__(self, other: Union["Value", float, int]) -> "Value":
        return self * _value(other) ** -1

    def __radd__(self, other: float | int) -> "Value":
        return self + other

    def __rmul__(self, other: float | int) -> "Value":
        return self * other

    def __rsub__(self, other: float | int) -> "Value":
        return _value(other) - self

    def __rtruediv__(self, other: float | int) -> "Value":
        return _value(other) / self
# --8<-- [end:derived]

    def __repr__(self) -> str:
        return f"Value({self.data:g}, grad={self.grad:g})"


# --8<-- [start:history]
def history(result: Any) -> list[Any]:
    """All that went into a result, itself included, newest first.

    A value is made after those it is made of. So from new to old, each one
    comes after all that it went into: a topological order of the graph.
    """
    found, waiting = {result}, [result]
    while waiting:
        for parent, _ in waiting.pop().parents:
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return sorted(found, key=lambda value: value.number, reverse=True)
# --8<-- [end:history]


def _value(x) -> Value:
    return x if isinstance(x, Value) else Value(x)
