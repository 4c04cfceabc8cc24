"""What one reaches without looking at the examples."""

import math
from collections.abc import Callable, Mapping

from torch import Tensor

from dlbook._checking import Number, checked_number
from dlbook.experiment._measures import classes_axis
from dlbook.experiment.competitors import Entrant
from dlbook.experiment.metrics import Metric
from dlbook.experiment.parts import Data

CONSTANT = "constant"
Baseline = Number | Callable[[Data], Number]


# --8<-- [start:constant]
def constant_value(data: Data, metric: Metric, outputs: Tensor) -> float:
    """The metric on test examples, if all get the same answer.

    Class numbers get the frequencies of the classes among the training
    examples, as scores: the largest is that of the most frequent class, and
    the cross-entropy is as low as it can be. Other targets get their mean.

    Args:
        data: training and test examples.
        metric: what to measure.
        outputs: of some network, for the test examples; only the shape counts.

    Raises:
        ValueError: if no such answer fits the outputs.
    """
    learned, right = data.train.y, data.tested.y
    if learned.is_floating_point():
        answer = learned.mean(0).expand(right.shape)
    else:
        axis = classes_axis(outputs.shape, right.shape)
        counts = learned.flatten().bincount(minlength=outputs.shape[axis])
        scores = (counts / counts.sum()).to(outputs.dtype).log()
        answer = scores.expand(*right.shape, -1).movedim(-1, axis)
    return float(metric.function(answer, right))
# --8<-- [end:constant]


def baselines_found(
    baselines: Mapping[str, Baseline], entrant: Entrant
) -> dict[str, float]:
    """The mean of each baseline over the seeds."""
    metric = entrant.chosen.many.metric
    outputs = entrant.outputs(0)
    finders = {CONSTANT: lambda data: constant_value(data, metric, outputs)}
    found = {}
    for name, finder in {**finders, **baselines}.items():
        try:
            values = [
                finder(data) if callable(finder) else finder
                for data in entrant.data
            ]
        except ValueError:
            if name != CONSTANT:
                raise
            continue  # outputs for which no constant is known
        mean = math.fsum(map(float, values)) / len(values)
        found[name] = checked_number(f"the baseline {name!r}", mean)
    return found
