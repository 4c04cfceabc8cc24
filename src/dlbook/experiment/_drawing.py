"""Pictures of comparisons. They set no style of their own."""

from itertools import count
from typing import Any

import torch

from dlbook.experiment.result import Comparison
from dlbook.experiment.values import Values


# --8<-- [start:curves]
def draw_curves(ax: Any, result: Comparison) -> None:
    """Draw how the chosen networks learned.

    The line is the median over the seeds, the band goes from the least to
    the most. Validation examples, on which all was chosen.

    Args:
        ax: the matplotlib axes to draw on.
        result: what `compare` gave.
    """
    for number, (name, curves) in zip(count(), result.curves.items()):
        values = result.shown(curves.validation)
        middle = values.quantile(0.5, dim=0)
        look = {"color": f"C{number}"}
        ax.plot(curves.points, middle, label=name, **look)
        low, high = values.amin(0), values.amax(0)
        ax.fill_between(curves.points, low, high, alpha=0.2, lw=0, **look)
    unit = f", {result.scale.unit}" if result.scale.unit else ""
    ax.set(xlabel="steps", ylabel=f"{result.scale.name}{unit}")
    ax.legend()
# --8<-- [end:curves]


# --8<-- [start:values]
def draw_values(ax: Any, result: Values) -> None:
    """Draw the number of each seed for each competitor.

    A grey line joins what belongs to one seed; the diamonds are the means.

    Args:
        ax: the matplotlib axes to draw on.
        result: what `compare_values` gave.
    """
    names = list(result.values)
    rows = torch.stack([result.shown(result.values[name]) for name in names])
    places = range(len(names))
    ax.plot(places, rows, color="0.6", marker="o", lw=1)
    ax.plot(places, rows.mean(1), "D", color="C1", zorder=3)
    unit = f", {result.scale.unit}" if result.scale.unit else ""
    ax.set(ylabel=f"{result.scale.name}{unit}", xlim=(-0.5, len(names) - 0.5))
    ax.set_xticks(places, names)
# --8<-- [end:values]
