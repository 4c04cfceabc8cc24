"""What a model is worth on pictures that it is shown and does not learn from."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from dlbook._checking import checked_whole
from dlbook.datasets import Images, pixels
from dlbook.training.team import ALONE, Team


# --8<-- [start:score]
class Score(NamedTuple):
    """Means over all examples, not over batches."""

    loss: float
    accuracy: float
    examples: int


def evaluate(
    model: nn.Module, images: Images, *, batch: int = 1000,
    team: Team = ALONE,
) -> Score:
    """The mean cross-entropy and the accuracy of a model on pictures.

    The model is left as it was: its weights, its buffers, and for each of
    its layers whether it is in training.

    Args:
        model: gives logits. The pictures go to the device of its weights.
        images: at least one.
        batch: how many to look at together; the score does not depend on it.
        team: the processes that share the work.

    Raises:
        ValueError: for no pictures, or a batch without sense.
    """
    refuse_no_pictures(images)
    mine = team.share(torch.arange(len(images.y)))
    loss = torch.zeros((), dtype=torch.float64)
    right = torch.zeros((), dtype=torch.float64)
    with evaluating(model):
        for logits, y in _answers(model, images, mine, batch):
            each = nn.functional.cross_entropy(logits, y, reduction="none")
            loss += each.double().sum()
            right += (logits.argmax(1) == y).sum()
    loss, right = team.sum(torch.stack([loss, right])).tolist()
    return Score(loss / len(images.y), right / len(images.y), len(images.y))
# --8<-- [end:score]


def scores(
    model: nn.Module, images: Images, *, batch: int = 1000
) -> Float[Tensor, "n k"]:
    """The logits of a model for each picture, on the CPU."""
    refuse_no_pictures(images)
    every = torch.arange(len(images.y))
    with evaluating(model):
        answers = _answers(model, images, every, batch)
        return torch.cat([logits for logits, _ in answers])


def confusion(
    logits: Float[Tensor, "n k"], y: Int[Tensor, " n"]
) -> Int[Tensor, "k k"]:
    """How often each class (row) was taken for each class (column).

    >>> confusion(torch.eye(3)[[0, 1, 1]], torch.tensor([0, 1, 2])).tolist()
    [[1, 0, 0], [0, 1, 0], [0, 1, 0]]

    Raises:
        ValueError: for a class that has no score.
    """
    k = logits.shape[1]
    if len(y) and (int(y.min()) < 0 or int(y.max()) >= k):
        raise ValueError(
            f"classes go from 0 to {k - 1}, got {int(y.min())} to"
            f" {int(y.max())}"
        )
    pairs = y * k + logits.argmax(1)
    return torch.bincount(pairs, minlength=k * k).reshape(k, k)


# --8<-- [start:evaluating]
@contextmanager
def evaluating(model: nn.Module) -> Iterator[None]:
    """Put all layers to evaluation, and each back to what it was before."""
    before = {module: module.training for module in model.modules()}
    model.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        for module, training in before.items():
            module.training = training
# --8<-- [end:evaluating]


def _answers(model, images, which, batch) -> Iterator[tuple[Tensor, Tensor]]:
    checked_whole("batch", batch, 1)
    device = device_of(model)
    for part in which.split(batch) if len(which) else ():
        logits = model(pixels(images.x[part]).to(device))
        yield logits.float().cpu(), images.y[part].cpu()


def device_of(model: nn.Module) -> torch.device:
    """Where its weights are; the CPU, if it has none."""
    first = next(model.parameters(), None)
    return torch.device("cpu") if first is None else first.device


def refuse_no_pictures(images: Images) -> None:
    """Refuse a set without pictures, or with another number of labels."""
    if len(images.y) == 0 or len(images.x) != len(images.y):
        raise ValueError(
            "there must be as many pictures as labels, and at least one,"
            f" got {len(images.x)} and {len(images.y)}"
        )
