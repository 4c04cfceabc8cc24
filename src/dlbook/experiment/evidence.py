"""What a few seeds tell: an interval for a mean, and whether curves rest."""

import math
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor

from dlbook._checking import (
    Number,
    checked_number,
    checked_whole,
    refuse_other_shape,
)


# --8<-- [start:interval]
def interval(
    differences: Float[Tensor, " n"],
    *, level: Number = 0.95, lean: Number = 0,
) -> tuple[float, float]:
    """Student's interval for the mean of differences.

        mean ± t * s * sqrt(1 / n + lean)

    `s` is their standard deviation, `t` the quantile of Student's
    distribution with n - 1 degrees of freedom.

    Args:
        differences: one for each seed.
        level: how often such an interval holds the mean.
        lean: how much the differences lean on each other. Those of random
            divisions of one pool of examples share most of them; then it is
            test examples over training examples (Nadeau and Bengio, 2003,
            "Inference for the generalization error", section 3).

    >>> import torch
    >>> low, high = interval(torch.tensor([1.0, 2.0, 3.0, 2.0, 2.0]))
    >>> round(low, 2), round(high, 2)
    (1.12, 2.88)

    Raises:
        ValueError: for fewer than two differences, a level outside 0 … 1, and
            a negative lean.
    """
    from scipy.special import stdtrit  # type: ignore[import-untyped]

    checked_number("level", level, above=0, below=1)
    checked_number("lean", lean, least=0)
    checked_whole("the number of differences", len(differences), 2)
    n, numbers = len(differences), differences.double()
    t = float(stdtrit(n - 1, (1 + level) / 2))
    room = t * float(numbers.std()) * math.sqrt(1 / n + lean)
    mean = float(numbers.mean())
    return mean - room, mean + room
# --8<-- [end:interval]


class Flatness(NamedTuple):
    """How much a curve still changes, and how much its seeds differ."""

    change: float
    spread: float

    @property
    def flat(self) -> bool:
        """Whether it changes by less than its seeds differ."""
        return self.change == 0 or self.change < self.spread


# --8<-- [start:flatness]
def flatness(
    points: Int[Tensor, " points"], values: Float[Tensor, "seeds points"]
) -> Flatness:
    """What curves do over the last third of their steps.

    The change is that of the median over the seeds, from the last point
    before that third to the end. The spread is the standard deviation over
    the seeds at the end. A curve without a point before the last third is
    not flat.

    >>> steps = torch.tensor([10, 20, 30])
    >>> seeds = torch.tensor([[9.0, 5.0, 4.9], [9.0, 6.0, 6.1], [9.0, 7, 7]])
    >>> flatness(steps, seeds).flat
    True

    Args:
        points: after how many steps the networks were looked at.
        values: what was seen, a row for each seed.

    Raises:
        ValueError: for fewer than two seeds, and if there is not one value
            for each point.
    """
    if values.ndim != 2 or len(values) < 2 or not len(points):
        raise ValueError(
            "values must hold a row for each of at least 2 seeds, and a value"
            f" for each point, got shape {tuple(values.shape)}"
        )
    refuse_other_shape("points", points, values.shape[1:], "a row of values")
    before = (3 * points <= 2 * points[-1]).nonzero().flatten().tolist()
    spread = float(values[:, -1].double().std())
    if not before:
        return Flatness(torch.inf, spread)
    ends = values[:, [before[-1], -1]].double().quantile(0.5, dim=0)
    return Flatness(float(ends.diff().abs()), spread)
# --8<-- [end:flatness]
