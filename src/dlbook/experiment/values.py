"""The verdict on numbers that were measured by any means."""

from collections.abc import Iterable, Mapping
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor

from dlbook.experiment._measures import refuse_no_side
from dlbook.experiment._refusals import checked_names, checked_row, pairs_of
from dlbook.experiment._shown import mean_and_range, table
from dlbook.experiment.evidence import interval
from dlbook.experiment.metrics import Scale
from dlbook.experiment.verdict import Verdict

LEAST = 5  # seeds
SURE = 0.95  # how often all intervals together hold what they should


# --8<-- [start:compare_values]
def compare_values(
    values: Mapping[str, Iterable] | Iterable[tuple],
    *, unit: str = "", better: str = "less", name: str = "value",
    against: str | None = None,
) -> "Values":
    """Compare competitors by a number for each seed, measured by any means.

    The numbers of one seed are a pair: the same place in each row stands for
    the same seed. The intervals are Student's, at 95 % for all pairs together
    (Bonferroni: with three pairs each is at 98.3 %).

    Args:
        values: for each competitor by name a number for each seed.
        unit: of the numbers.
        better: "less", or "more".
        name: what the numbers are.
        against: the competitor that all others are compared with; by default
            all pairs are compared.

    >>> rows = {"old": [3.1, 3.0, 3.3, 3.2, 3.1], "new": [2, 2.1, 2, 2, 2.2]}
    >>> print(compare_values(rows, unit="cm").verdict)
    new beats old in 5 of 5 seeds, by 0.9 to 1.3 cm

    Raises:
        ValueError: for fewer than two competitors or five seeds, rows of
            different lengths, and numbers that are not finite.
    """
    rows = {key: checked_row(key, row) for key, row in checked_names(values)}
    lengths = {key: len(row) for key, row in rows.items()}
    if len(set(lengths.values())) > 1 or min(lengths.values()) < LEAST:
        raise ValueError(
            f"each competitor needs a number for each of at least {LEAST}"
            f" seeds, all equally many, got {lengths}"
        )
    refuse_no_side(better)
    return Values(rows, Scale(unit, better, name), against)
# --8<-- [end:compare_values]


# --8<-- [start:values]
class Values:
    """Competitors, a number of each for each seed, and what follows.

    Attributes:
        values: for each competitor a number for each seed.
        scale: what the numbers are, and how they are shown.
        verdicts: one for each pair.
    """

    def __init__(
        self, values: dict[str, Float[Tensor, " seeds"]], scale: Scale,
        against: str | None = None, lean: float = 0.0,
    ) -> None:
        self.values, self.scale = values, scale
        pairs = pairs_of(list(values), against)
        level = 1 - (1 - SURE) / len(pairs)  # so that all hold together
        self.verdicts = [self._verdict(*pair, level, lean) for pair in pairs]

    @property
    def verdict(self) -> str:
        """All verdicts in words, a line for each."""
        return "\n".join(map(str, self.verdicts))

    def __str__(self) -> str:
        return f"{self.table()}\n\n{self.verdict}"

    def _verdict(self, a, b, level, lean) -> Verdict:
        """By how much a is better than b, seed by seed."""
        ours, theirs = (self.shown(self.values[name]) for name in (a, b))
        gains = theirs - ours if self.scale.better == "less" else ours - theirs
        rounding = 1e-12 * float(torch.cat([ours, theirs]).abs().max())
        gains[gains.abs() <= rounding] = 0
        low, high = interval(gains, level=level, lean=lean)
        wins, losses = int((gains > 0).sum()), int((gains < 0).sum())
        unit = self.scale.unit
        return Verdict(a, b, low, high, wins, losses, len(gains), unit)
# --8<-- [end:values]

    def shown(self, values: Tensor) -> Tensor:
        """The numbers in the unit in which they are shown."""
        return values * self.scale.times

    def table(self) -> str:
        """For each competitor the mean, the least and the most."""
        rows = [
            [name, *mean_and_range(self.shown(row))]
            for name, row in self.values.items()
        ]
        name = f"{self.scale.name} {self.scale.unit}".rstrip()
        return table([name, "mean", "least to most"], rows)

    def draw(self, ax: Any) -> None:
        """Draw the numbers, a line for each seed."""
        from dlbook.experiment._drawing import draw_values

        draw_values(ax, self)
