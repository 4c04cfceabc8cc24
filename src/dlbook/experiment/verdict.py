"""The few sentences in which a comparison may end.

    A beats B in 5 of 5 seeds, by 1.9 to 2.6 points
    A and B cannot be told apart (-0.4 to 0.5 points)
    A is faster, and B ends as good (in 20 to 35 % of the steps)
    no verdict on A and B: the best setting of B is at the edge of its grid

Behind them stands ", after N steps" if one of the two was still learning.
"""

import math
from dataclasses import dataclass

from dlbook._checking import Number
from dlbook.experiment._shown import between

BETTER, WORSE, ALIKE = "better", "worse", "not told apart"
NONE = "no verdict"


# --8<-- [start:verdict]
@dataclass(frozen=True)
class Verdict:
    """What a comparison says of two competitors; `str` says it in words.

    Attributes:
        a: the first.
        b: the second.
        low: by how much a is better at least, in the unit.
        high: by how much a is better at most.
        wins: in how many seeds a is better.
        losses: in how many b is.
        seeds: how many there are.
        unit: of the numbers.
        after: how many steps, if one of them was not flat.
        faster: a or b, if it was faster, and both end alike.
        share: which share of the steps of the other it needed.
        edge: whose best setting stands at the edge of its grid.
    """

    a: str
    b: str
    low: Number
    high: Number
    wins: int = 0
    losses: int = 0
    seeds: int = 0
    unit: str = ""
    after: int | None = None
    faster: str = ""
    share: tuple[Number, Number] = (math.nan, math.nan)
    edge: str = ""

    @property
    def word(self) -> str:
        """What a is: better, worse, not told apart; or no verdict."""
        if self.edge:
            return NONE
        if self.low > 0:
            return BETTER
        return WORSE if self.high < 0 else ALIKE

    def __str__(self) -> str:
        after = f", after {self.after} steps" if self.after else ""
        return self._said() + after
# --8<-- [end:verdict]

    def _said(self) -> str:
        if self.word == NONE:
            return (
                f"no verdict on {self.a} and {self.b}: the best setting of"
                f" {self.edge} is at the edge of its grid"
            )
        if self.word == BETTER:
            return self._beats(self.a, self.b, self.wins, self.low, self.high)
        if self.word == WORSE:
            ends = -self.high, -self.low
            return self._beats(self.b, self.a, self.losses, *ends)
        if self.faster:
            slower = self.b if self.faster == self.a else self.a
            part = between(*(100 * share for share in self.share))
            return (
                f"{self.faster} is faster, and {slower} ends as good"
                f" (in {part} % of the steps)"
            )
        by = self._with_unit(self.low, self.high)
        return f"{self.a} and {self.b} cannot be told apart ({by})"

    def _beats(self, winner, loser, wins, low, high) -> str:
        by = self._with_unit(low, high)
        seeds = f"{wins} of {self.seeds} seeds"
        return f"{winner} beats {loser} in {seeds}, by {by}"

    def _with_unit(self, low, high) -> str:
        return f"{between(low, high)} {self.unit}".rstrip()
