"""Who competes, in what else they differ, and what became of each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from dlbook._checking import Number
from dlbook.experiment._costs import multiply_adds, parameters
from dlbook.experiment._crew import Make
from dlbook.experiment._grid import Cell, Grid
from dlbook.experiment._loops import outputs_of
from dlbook.experiment._measures import one_number
from dlbook.experiment._shown import said
from dlbook.experiment.evidence import Flatness, flatness
from dlbook.experiment.parts import Data


# --8<-- [start:competitor]
@dataclass(frozen=True)
class Competitor:
    """A network, and in what else it differs from the others.

    Attributes:
        make: gives the network, as for `fit_many`.
        rates: its own grid of learning rates.
        settings: one other thing to choose, by name, and its grid: an
            argument of `make`, of `fit_many` or of the optimiser.
        data: what it sees instead of what the others see.
        note: what stands beside the result, by the name of the column.
        control: whether it is there to see what the difference is due to.
        how: arguments of `fit_many` that are its own.
    """

    make: Make
    rates: Iterable[Number] | None = None
    settings: Mapping[str, Iterable] | None = None
    data: Data | Callable[[int], Data] | None = None
    note: Mapping[str, object] = field(default_factory=dict)
    control: bool = False
    how: Mapping[str, Any] = field(default_factory=dict)
# --8<-- [end:competitor]


class Curves(NamedTuple):
    """How the chosen networks learned.

    Attributes:
        points: after how many steps they were looked at.
        train: the mean loss of the batches since the point before.
        validation: the metric on the validation examples.
    """

    points: Int[Tensor, " points"]
    train: Float[Tensor, "seeds points"]
    validation: Float[Tensor, "seeds points"]


# --8<-- [start:entrant]
@dataclass(frozen=True)
class Entrant:
    """A competitor, all that was tried, and what was chosen of it.

    Attributes:
        competitor: as it was given.
        data: of each seed.
        grid: all settings and learning rates that were tried.
    """

    competitor: Competitor
    data: list[Data]
    grid: Grid

    @property
    def chosen(self) -> Cell:
        """What did best on the validation examples."""
        return self.grid.best

    @property
    def rate(self) -> float:
        """The learning rate that was chosen."""
        return self.chosen.rate

    @property
    def setting(self) -> Any:
        """The other setting that was chosen; None if there was no choice."""
        return self.chosen.setting

    @property
    def validation(self) -> Float[Tensor, " seeds"]:
        """The metric of the chosen networks on the validation examples."""
        return self.chosen.validation

    @property
    def curves(self) -> Curves:
        """How the chosen networks learned."""
        many, place = self.chosen.many, self.chosen.place
        return Curves(many.points, many.train[place], many.validation[place])

    @property
    def learned(self) -> Float[Tensor, "seeds points"]:
        """At each point the value of the network that would be taken."""
        if self.grid.last:
            return self.curves.validation
        better = self.chosen.many.metric.scale.better
        return _best_so_far(self.curves.validation, better)

    @property
    def flatness(self) -> Flatness:
        """Whether the chosen networks have come to rest."""
        return flatness(self.curves.points, self.learned)

    def reported(self) -> Float[Tensor, " seeds"]:
        """The metric of the chosen networks on the test examples.

        Here, and only here, test examples meet a network.
        """
        measure = self.chosen.many.metric.function
        found = [
            one_number("metric", measure(self.outputs(seed), data.tested.y))
            for seed, data in enumerate(self.data)
        ]
        return torch.tensor(found, dtype=torch.float64)
# --8<-- [end:entrant]

    def outputs(self, seed: int) -> Tensor:
        """What the chosen network of a seed makes of the test examples."""
        x, number = self.data[seed].tested.x, self.chosen.many.seeds[seed]
        return outputs_of(self.network(seed), x, number)

    def network(self, seed: int = 0) -> nn.Module:
        """The chosen network of a seed, by its place."""
        chosen = self.chosen
        return chosen.many.network(chosen.place, seed, last=self.grid.last)

    @property
    def extra(self) -> dict[str, object]:
        """What stands beside the result: its own, notes, what was chosen."""
        own = self.competitor.how.items()
        notes: dict[str, object] = {n: said(value) for n, value in own}
        notes |= dict(self.competitor.note)
        for name in self.competitor.settings or ():
            notes[name] = self.setting
        return notes

    @property
    def input_size(self) -> tuple[int, ...]:
        """The shape of an example."""
        return tuple(self.data[0].train.x.shape[1:])

    @property
    def parameters(self) -> int:
        """How many numbers training can change."""
        return parameters(self.network())

    @property
    def multiply_adds(self) -> int:
        """How many an example takes."""
        return multiply_adds(self.network(), self.data[0].train.x)


def _best_so_far(
    values: Float[Tensor, "seeds points"], better: str
) -> Float[Tensor, "seeds points"]:
    """At each point the best value until then."""
    cumulated = torch.cummin if better == "less" else torch.cummax
    return cumulated(values, 1).values
