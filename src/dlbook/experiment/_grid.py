"""The choice of a learning rate, by validation examples alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch
from torch import Tensor

from dlbook._checking import is_real
from dlbook.experiment.many import Many


@dataclass(frozen=True)
class Cell:
    """A setting and a rate, and the networks that were trained with both."""

    setting: Any
    rate: float
    many: Many
    place: int  # of the rate among those of `many`
    last: bool  # whether networks are taken as they are after the last step

    @property
    def validation(self) -> Tensor:
        """For each seed the metric on the validation examples."""
        return self._taken(self.many.validation)

    @cached_property
    def rank(self) -> tuple[float, float]:
        """The lower the better; infinite if a network has diverged."""
        if self.many.diverged[self.place].any():
            return torch.inf, torch.inf
        value = float(self.validation.mean())
        less = self.many.metric.scale.better == "less"
        loss = float(self._taken(self.many.validation_loss).mean())
        return value if less else -value, loss

    def _taken(self, curves: Tensor) -> Tensor:
        """At the best point of each seed, or at the last."""
        found = curves[self.place]
        if self.last:
            return found[:, -1]
        return found.gather(1, self.many.best_at[self.place][:, None])[:, 0]


class Grid:
    """All that is tried for a competitor, and the best of it.

    Args:
        run: trains networks of a setting with some rates.
        rates: the learning rates to begin with.
        settings: what else is chosen; one thing if nothing is.
        last: whether networks are taken as they are after the last step.
    """

    def __init__(
        self, run: Callable[[Any, Sequence[float]], Many],
        rates: Sequence[float], settings: Sequence[Any], last: bool,
    ) -> None:
        self.run, self.rates, self.settings = run, rates, settings
        self.last = last
        self.cells: list[Cell] = []

    # --8<-- [start:search]
    def search(self, extensions: int) -> None:
        """Try all settings with all rates, then rates beyond the edges."""
        for setting in self.settings:
            self.try_out(setting, self.rates)
        for _ in range(extensions):
            beyond = self.beyond()
            if beyond is None:
                return
            self.try_out(self.best.setting, [beyond])

    @property
    def best(self) -> Cell:
        """What did best on the validation examples."""
        return min(self.cells, key=lambda cell: cell.rank)

    def beyond(self) -> float | None:
        """The next rate, if the best one stands at an edge of the grid."""
        best, tried = self.best, self.tried()
        for edge, inner in (tried[:2], tried[-2:][::-1]):
            if best.rate == edge:
                return float(f"{edge * edge / inner:.2g}")
        return None
    # --8<-- [end:search]

    def try_out(self, setting: Any, rates: Sequence[float]) -> None:
        """Train networks of all seeds with these."""
        many = self.run(setting, rates)
        self.cells += [
            Cell(setting, rate, many, place, self.last)
            for place, rate in enumerate(many.rates)
        ]

    def tried(self) -> list[float]:
        """The learning rates that were tried with the best setting."""
        setting = self.best.setting
        return sorted(c.rate for c in self.cells if c.setting == setting)

    @property
    def edge(self) -> str:
        """What stands at the edge of its grid, if anything does."""
        if self.beyond() is not None:
            return f"the learning rate {self.best.rate:g}, of {self.tried()}"
        best, ends = self.best.setting, (self.settings[0], self.settings[-1])
        ordered = all(is_real(setting) for setting in self.settings)
        if ordered and len(self.settings) > 1 and best in ends and best != 0:
            return f"the setting {best:g}, of {list(self.settings)}"
        return ""

    def refuse_edge(self, name: str) -> None:
        """Refuse a choice that might be better still beyond its grid."""
        if self.edge:
            raise ValueError(
                f"the best choice for {name!r} must not be at the edge of its"
                f" grid, but is {self.edge}"
            )

    def refuse_divergence(self, name: str) -> None:
        """Refuse a competitor that no learning rate trains."""
        if self.best.rank[0] == torch.inf:
            raise ValueError(
                f"{name!r} diverges with all learning rates, {self.tried()}"
            )
