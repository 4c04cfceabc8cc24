"""Looks at networks while they learn, and keeps each at its best."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor

from dlbook.experiment._crew import Crew
from dlbook.experiment._measures import one_number
from dlbook.experiment.metrics import Measure, Metric
from dlbook.experiment.parts import Part


class Seen(NamedTuple):
    """What was seen of k networks at some points of their run.

    Attributes:
        points: after how many steps.
        train: the mean loss of the batches since the point before.
        validation: the metric on the validation examples.
        validation_loss: the loss on them.
        best_at: for each network the place of the point where it was best.
    """

    points: Int[Tensor, " points"]
    train: Float[Tensor, "k points"]
    validation: Float[Tensor, "k points"]
    validation_loss: Float[Tensor, "k points"]
    best_at: Int[Tensor, " k"]


# --8<-- [start:watch]
class Watch:
    """Looks at networks from time to time.

    Best is the best value of the metric; of equals the lower loss; of these
    the first.

    Args:
        crew: the networks.
        new: for each seed the validation examples.
        metric: what to measure on them.
        loss: also measured.
    """

    def __init__(
        self, crew: Crew, new: Part, metric: Metric, loss: Measure
    ) -> None:
        self.crew, self.new = crew, new
        self.metric, self.loss = metric, loss
        self.losses: list[Tensor] = []  # of the steps since the last look
        self.points: list[int] = []
        self.rows: list[Tensor] = []  # train, validation, validation loss
        self.last = self.best = crew.saved()
        networks = len(next(iter(self.last.values())))
        self.best_at = torch.zeros(networks, dtype=torch.int64)
        self.lowest = torch.full((2, networks), torch.inf).double()

    def look(self, step: int) -> None:
        """Measure all networks, after so many steps."""
        train = torch.stack(self.losses).double().mean(0).cpu()
        self.losses.clear()
        self.rows.append(torch.stack([train, *self._measured()]))
        better = self._better(*self.rows[-1][1:])
        self.best_at[better] = len(self.points)
        self.points.append(step)
        self.last = self.crew.saved()
        for name, tensor in self.last.items():
            kept = self.best[name].clone()
            kept[better] = tensor[better]
            self.best[name] = kept
# --8<-- [end:watch]

    def _measured(self) -> Float[Tensor, "2 k"]:
        """For each network the metric and the loss."""
        outputs, targets = self.crew.outputs(self.new.x), self.new.y
        pairs = [
            (output, targets[place % len(targets)])
            for place, output in enumerate(outputs)
        ]
        return torch.tensor(
            [
                [one_number(name, measure(*pair)) for pair in pairs]
                for name, measure in (
                    ("metric", self.metric.function), ("loss", self.loss)
                )
            ],
            dtype=torch.float64,
        )

    def _better(self, value: Tensor, loss: Tensor) -> Tensor:
        """Which networks are now better than ever; remembers how good."""
        value = value if self.metric.scale.better == "less" else -value
        now, lowest = torch.stack([value, loss]), self.lowest
        ties = (value == lowest[0]) & (loss < lowest[1])
        better = (value < lowest[0]) | ties
        self.lowest = torch.where(better, now, lowest)
        return better

    def seen(self) -> Seen:
        """All looks together."""
        train, validation, loss = torch.stack(self.rows, -1)
        points = torch.tensor(self.points)
        return Seen(points, train, validation, loss, self.best_at)
