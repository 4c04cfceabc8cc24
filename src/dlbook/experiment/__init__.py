"""Experiments: how this book may say that something is better."""

from dlbook.experiment.agreement import agrees, turns_round, verdicts_in
from dlbook.experiment.comparison import compare
from dlbook.experiment.competitors import Competitor, Curves, Entrant
from dlbook.experiment.evidence import Flatness, flatness, interval
from dlbook.experiment.many import Many, fit_many
from dlbook.experiment.metrics import Metric, Scale
from dlbook.experiment.parts import Data, Part, split
from dlbook.experiment.result import Comparison
from dlbook.experiment.streams import batches, stream
from dlbook.experiment.values import Values, compare_values
from dlbook.experiment.verdict import Verdict

__all__ = [
    "Comparison",
    "Competitor",
    "Curves",
    "Data",
    "Entrant",
    "Flatness",
    "Many",
    "Metric",
    "Part",
    "Scale",
    "Values",
    "Verdict",
    "agrees",
    "batches",
    "compare",
    "compare_values",
    "fit_many",
    "flatness",
    "interval",
    "split",
    "stream",
    "turns_round",
    "verdicts_in",
]
