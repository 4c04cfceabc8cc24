"""What a comparison of networks has come to."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from dlbook.experiment._baseline import Baseline, baselines_found
from dlbook.experiment._shown import mean_and_range, table
from dlbook.experiment.competitors import Curves, Entrant
from dlbook.experiment.evidence import interval
from dlbook.experiment.parts import Data
from dlbook.experiment.values import Values
from dlbook.experiment.verdict import ALIKE, Verdict


# --8<-- [start:comparison]
class Comparison(Values):
    """Trained competitors and their verdicts; `print` shows all.

    Attributes:
        values: for each competitor the metric of each seed on test examples.
        entrants: by name all that was tried, and what was chosen.
        baselines: by name what is reached without a network.
        verdicts: one for each pair.
    """

    def __init__(
        self, entrants: dict[str, Entrant], against: str | None,
        baselines: Mapping[str, Baseline], speed: bool,
    ) -> None:
        self.entrants, self.speed = entrants, speed
        values = {name: each.reported() for name, each in entrants.items()}
        some = next(iter(entrants.values()))
        metric = some.chosen.many.metric
        super().__init__(values, metric.scale, against, _lean(some.data))
        self.baselines = baselines_found(baselines, some)

    def _verdict(self, a, b, level, lean) -> Verdict:
        """The verdict on the numbers, with all that limits it."""
        verdict = super()._verdict(a, b, level, lean)
        pair = [self.entrants[name] for name in (a, b)]
        flat = all(each.flatness.flat for each in pair)
        steps = max(int(each.curves.points[-1]) for each in pair)
        edges = [name for name in (a, b) if self.entrants[name].grid.edge]
        verdict = replace(
            verdict, after=None if flat else steps, edge="".join(edges[:1])
        )
        if self.speed and verdict.word == ALIKE:
            return self._with_speed(verdict, level)
        return verdict
# --8<-- [end:comparison]

    # --8<-- [start:speed]
    def _with_speed(self, verdict: Verdict, level: float) -> Verdict:
        """The verdict, and who was faster, if one was.

        All networks of both come to a value that is as good as the worst of
        them at its end. The faster needs fewer steps for it.
        """
        steps = torch.log(self._steps_to_the_worst(verdict.a, verdict.b))
        low, high = interval(steps[0] - steps[1], level=level)
        if low <= 0 <= high:
            return verdict
        ends = (low, high) if high < 0 else (-high, -low)
        faster = verdict.a if high < 0 else verdict.b
        share = math.exp(ends[0]), math.exp(ends[1])
        return replace(verdict, faster=faster, share=share)

    def _steps_to_the_worst(self, *names: str) -> Tensor:
        """For each competitor and seed, after how many steps it is there."""
        sign = 1 if self.scale.better == "less" else -1
        learned = [sign * self.entrants[name].learned for name in names]
        worst = max(float(values[:, -1].max()) for values in learned)
        places = [(values <= worst).int().argmax(1) for values in learned]
        pairs = zip(names, places, strict=True)
        points = [self.entrants[name].curves.points[p] for name, p in pairs]
        return torch.stack(points).double()
    # --8<-- [end:speed]

    @property
    def curves(self) -> dict[str, Curves]:
        """By name how the chosen networks learned."""
        return {name: each.curves for name, each in self.entrants.items()}

    @property
    def reasons(self) -> dict[str, str]:
        """By name why networks were trained one by one, if they were."""
        found = {
            name: each.chosen.many.reason
            for name, each in self.entrants.items()
        }
        return {name: reason for name, reason in found.items() if reason}

    def table(self) -> str:
        """Costs, choices and numbers of each competitor, and baselines."""
        extra = self._extra()
        columns = list(dict.fromkeys(c for each in extra for c in each))
        head = ["", "parameters", "multiply-adds", *columns]
        head += ["rate", "validation", "test", "least to most"]
        pairs = zip(self.entrants, extra, strict=True)
        rows = [
            self._row(name, [str(each.get(column, "")) for column in columns])
            for name, each in pairs
        ]
        for name, value in self.baselines.items():
            shown = f"{value * self.scale.times:.3g}"
            rows.append([name, *[""] * (len(head) - 3), shown, ""])
        return f"{table(head, rows)}\n{self._caption()}"

    def _extra(self) -> list[dict[str, object]]:
        """What else differs, by the name of its column."""
        everyone = list(self.entrants.values())
        sizes = ["x".join(map(str, each.input_size)) for each in everyone]
        return [
            ({"input": size} if len(set(sizes)) > 1 else {}) | each.extra
            for each, size in zip(everyone, sizes, strict=True)
        ]

    def _row(self, name, extra) -> list[str]:
        each = self.entrants[name]
        costs = [f"{each.parameters:,}", f"{each.multiply_adds:,}"]
        chosen = self.shown(each.validation)
        shown = mean_and_range(self.shown(self.values[name]))
        control = " (control)" if each.competitor.control else ""
        rate = f"{each.rate:g}"
        validation = mean_and_range(chosen)[0]
        return [name + control, *costs, *extra, rate, validation, *shown]

    def _caption(self) -> str:
        """What the numbers are."""
        name = f"{self.scale.name}, {self.scale.unit}".rstrip(", ")
        each = next(iter(self.entrants.values()))
        seeds = len(each.data)
        steps = [int(e.curves.points[-1]) for e in self.entrants.values()]
        taken = "after" if each.grid.last else "best of"
        said = f"{name}: mean of {seeds} seeds, {taken} {max(steps)} steps"
        moving = [
            key for key, e in self.entrants.items() if not e.flatness.flat
        ]
        return said + (f"; not flat: {', '.join(moving)}" if moving else "")

    def draw(self, ax: Any) -> None:
        """Draw how the chosen networks learned."""
        from dlbook.experiment._drawing import draw_curves

        draw_curves(ax, self)


def _lean(data: list[Data]) -> float:
    """How much the seeds lean on each other, if one pool was divided."""
    first = data[0]
    if not first.pooled or all(each is first for each in data):
        return 0.0
    return len(first.tested.x) / len(first.train.x)
