"""Bowls: the losses on which gradient descent can be computed through.

A bowl has a curvature λ in each of its main directions; `low` and `high` are
the smallest and the largest, both above 0. Sources: Polyak (1964); Goh
(2017), https://distill.pub/2017/momentum.
"""

import math
from collections.abc import Callable

from jaxtyping import Float
from torch import Tensor

from dlbook._checking import Number, checked_number


# --8<-- [start:line_loss]
def line_loss(
    x: Float[Tensor, " n"], y: Float[Tensor, " n"],
) -> Callable[[Float[Tensor, "*points 2"]], Float[Tensor, "*points"]]:
    """The mean squared error of the line wx + b, as a function of (w, b).

    The function takes one point (w, b), or many at once: a whole map.
    """
    _refuse_other_rows(x, y)

    def loss(p):
        w, b = p[..., :1], p[..., 1:]
        return (w * x + b - y).square().mean(-1)

    return loss
# --8<-- [end:line_loss]


def bowl(
    hessian: Float[Tensor, "d d"],
) -> Callable[[Float[Tensor, "*points d"]], Float[Tensor, "*points"]]:
    """The loss ½ p·Hp, whose bottom is 0 at the origin; many p at once."""
    return lambda p: 0.5 * ((p @ hessian) * p).sum(-1)


# --8<-- [start:best]
def best_step(low: Number, high: Number) -> tuple[float, float]:
    """The best learning rate, and the factor that a step then leaves.

    >>> best_step(1, 3)
    (0.5, 0.5)
    """
    _refuse_curvatures(low, high)
    return 2 / (low + high), (high - low) / (high + low)


def best_momentum(low: Number, high: Number) -> tuple[float, float, float]:
    """The same with momentum: learning rate, momentum, factor.

    >>> best_momentum(1, 9)
    (0.25, 0.25, 0.5)
    """
    _refuse_curvatures(low, high)
    a, b = math.sqrt(low), math.sqrt(high)
    factor = (b - a) / (b + a)
    return (2 / (a + b)) ** 2, factor**2, factor
# --8<-- [end:best]


def _refuse_curvatures(low, high) -> None:
    """Refuse others than 0 < low <= high."""
    checked_number("low", low, above=0)
    checked_number("high", high, least=low)


def _refuse_other_rows(x, y) -> None:
    if x.ndim != 1 or x.shape != y.shape or not len(x):
        raise ValueError(
            "x and y must be two rows of equally many numbers, got shapes"
            f" {tuple(x.shape)} and {tuple(y.shape)}"
        )
