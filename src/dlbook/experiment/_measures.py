"""The metrics that have names, and where in outputs the classes are."""

import torch
from jaxtyping import Float, Shaped
from torch import Tensor

from dlbook._checking import is_real
from dlbook.experiment.metrics import Measure, Metric, Scale


# --8<-- [start:share_wrong]
def share_wrong(
    outputs: Float[Tensor, "n *d"], targets: Shaped[Tensor, "n *e"]
) -> float:
    """How many of the largest scores are not those of the right class.

    >>> share_wrong(torch.eye(4), torch.tensor([0, 1, 2, 0]))
    0.25

    Raises:
        ValueError: if there is not one score for each class.
    """
    axis = classes_axis(outputs.shape, targets.shape)
    wrong = outputs.argmax(axis) != targets
    return wrong.double().mean().item()
# --8<-- [end:share_wrong]


def classes_axis(outputs: torch.Size, targets: torch.Size) -> int:
    """Which axis of the outputs goes through the classes.

    Raises:
        ValueError: if none does.
    """
    if outputs[:-1] == targets:
        return len(outputs) - 1
    if len(outputs) > 1 and outputs[:1] + outputs[2:] == targets:
        return 1
    raise ValueError(
        "outputs must have the axes of the targets and one for the classes,"
        f" got {tuple(outputs)} for targets {tuple(targets)}"
    )


def metric_for(metric: str | Measure | Metric, loss: Measure) -> Metric:
    """The metric that a name, a function or a metric stands for.

    Raises:
        ValueError: for a name that stands for none.
    """
    points = Scale("points", name="wrong", times=100)
    named = {
        "wrong": Metric(share_wrong, points),
        "right": Metric(
            _right, points._replace(better="more", name="right")
        ),
        "loss": Metric(loss, Scale(name="loss")),
        "perplexity": Metric(
            lambda outputs, y: torch.as_tensor(loss(outputs, y)).exp(),
            Scale(name="perplexity"),
        ),
    }
    if isinstance(metric, Metric):
        found = metric
    elif callable(metric):
        found = Metric(metric)
    elif metric in named:
        found = named[metric]
    else:
        raise ValueError(
            f"metric must be one of {tuple(named)}, a function or a Metric,"
            f" got {metric!r}"
        )
    refuse_no_side(found.scale.better)
    return found


def one_number(name: str, value: object) -> float:
    """What was measured, if it is one number.

    Raises:
        ValueError: if it is not.
    """
    if torch.is_tensor(value) and value.numel() == 1:
        return float(value)
    if not is_real(value):
        shape = tuple(getattr(value, "shape", ())) or repr(value)
        raise ValueError(f"{name} must give one number, got {shape}")
    return float(value)  # type: ignore[arg-type]


def refuse_no_side(better: object) -> None:
    """Refuse what does not say which numbers are better."""
    if better not in ("less", "more"):
        raise ValueError(f'better must be "less" or "more", got {better!r}')


def _right(outputs, targets) -> float:
    return 1 - share_wrong(outputs, targets)
