"""Comparisons of networks that more training does not turn round.

1. Competitors have names; what they cost stands beside the result.
2. Each gets its own learning rate, chosen on validation examples from a grid.
   The best is not at the edge of the grid.
3. Each runs until it is flat; else the verdict says after how many steps.
   Each network is taken as it was at its best on validation examples.
4. Test examples are looked at once, when all is chosen.
5. Seeds are pairs: the same order of examples and, if the shapes allow it,
   the same start. The differences of the pairs have an interval.
6. The verdict is one of a few sentences.
7. `DLBOOK_BUDGET=4` runs it again, four times as long.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dlbook._checking import Number, checked_whole
from dlbook.experiment._baseline import Baseline
from dlbook.experiment._budget import budget as multiplied
from dlbook.experiment._crew import Make
from dlbook.experiment._grid import Grid
from dlbook.experiment._refusals import (
    checked_baselines,
    checked_data,
    checked_names,
    checked_rates,
    checked_seeds,
    checked_settings,
    pairs_of,
    refuse_others,
    refuse_unpaired,
)
from dlbook.experiment._runner import refuse_unknown, runner
from dlbook.experiment.competitors import Competitor, Entrant
from dlbook.experiment.metrics import Measure, Metric
from dlbook.experiment.parts import Data
from dlbook.experiment.result import Comparison
from dlbook.experiment.values import LEAST

RATES = (3e-4, 1e-3, 3e-3, 1e-2, 3e-2)


# --8<-- [start:compare]
def compare(
    competitors: Mapping[str, Make | Competitor] | Iterable[tuple],
    data: Data | Callable[[int], Data],
    *, steps: int, seeds: Iterable[int] = range(5),
    rates: Iterable[Number] = RATES, against: str | None = None,
    metric: str | Measure | Metric = "wrong", take: str = "best",
    baselines: Mapping[str, Baseline] | None = None, speed: bool = False,
    extensions: int = 4, strict: bool = True, budget: Number | None = None,
    **how: Any,
) -> Comparison:
    """Train competitors, choose for each, and say which is better.

    `print` shows a table and below it the verdict, a line for each pair:

        CNN beats dense in 5 of 5 seeds, by 1.9 to 2.6 points
        CNN and dense cannot be told apart (-0.4 to 0.5 points)

    Behind it stands ", after N steps" if one of the two was still learning.

    Args:
        competitors: by name what makes the network of each, or a
            `Competitor`.
        data: what they see, or what makes it from a seed. Then the verdict
            is not about one division of the examples alone.
        steps: how many times the weights change.
        seeds: five at least.
        rates: the grid of learning rates.
        against: the competitor that all others are compared with; by default
            all pairs are compared.
        metric: as for `fit_many`; also what is reported on test examples.
        take: "best" takes each network at its best on validation examples,
            "last" after the last step.
        baselines: by name what is reached without a network, in the numbers
            of the metric, or what finds it from the `Data` of a seed; that of
            a constant answer is added.
        speed: whether to ask which is faster, of those that end alike.
        extensions: how many learning rates may be added beyond an edge.
        strict: whether a choice at the edge of a grid is an error.
        budget: by what the steps are multiplied; by default `DLBOOK_BUDGET`.
        how: further arguments of `fit_many`, for all competitors.

    Raises:
        ValueError: for fewer than two competitors, five seeds or two learning
            rates; for competitors that do not see equally many examples, or
            are not tested on the same; for arguments that nothing takes; for a
            choice at the edge of its grid, and if a competitor diverges with
            all learning rates. It names the values met.
    """
    seeds, factor = checked_seeds(seeds, LEAST), multiplied(budget)
    refuse_others("take", take, ("best", "last"))
    checked_whole("extensions", extensions, 0)
    baselines = checked_baselines(baselines)
    common = {**how, "steps": checked_whole("steps", steps, 1)}
    common["metric"] = metric
    named = dict(checked_names(competitors))
    pairs_of(list(named), against)
    entrants = {
        name: _entrant(each, data, seeds, rates, common, factor, take)
        for name, each in named.items()
    }
    refuse_unpaired({name: each.data for name, each in entrants.items()})
    for name, each in entrants.items():
        each.grid.search(extensions)
        each.grid.refuse_divergence(name)
        if strict:
            each.grid.refuse_edge(name)
    return Comparison(entrants, against, baselines, speed)
# --8<-- [end:compare]


def _entrant(competitor, data, seeds, rates, common, factor, take) -> Entrant:
    """The competitor, with all that it will need; nothing is trained yet."""
    if not isinstance(competitor, Competitor):
        competitor = Competitor(competitor)
    how = {**common, **competitor.how}
    how["steps"] = max(1, round(how["steps"] * factor))
    seen = checked_data(competitor.data or data, seeds, test=True)
    settings = checked_settings(competitor.settings)
    refuse_unknown(competitor, how)
    grid = Grid(
        runner(competitor, seeds, seen, how),
        checked_rates(competitor.rates or rates, 2), settings, take == "last",
    )
    return Entrant(competitor, seen, grid)
