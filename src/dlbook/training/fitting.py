"""The few lines that train a classifier on a set that fits into memory.

Nothing here knows what the model is. Each step draws some examples, measures
the cross-entropy of the scores and lets Adam change the weights.
"""

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor, nn

from dlbook._checking import refuse_unless_whole


# --8<-- [start:fit]
def fit(
    model: nn.Module, x: Float[Tensor, "n *d"], y: Int[Tensor, " n"],
    *, steps: int = 200, batch: int = 32, lr: float = 0.01,
    generator: torch.Generator | None = None,
) -> list[float]:
    """Train a model that gives scores. Returns the loss of each step.

    Args:
        model: is changed. Its scores are logits: no softmax at its end.
        x: the examples.
        y: the number of the class of each.
        steps: how many times the weights change.
        batch: how many examples each step draws (all, if there are fewer).
        lr: the learning rate of Adam.
        generator: of the CPU; draws the examples.

    Raises:
        ValueError: if x and y differ in length or there is none, or for a
            number of steps or a batch without sense.
    """
    refuse_unless_whole(1, steps=steps, batch=batch)
    _refuse_other_lengths(x, y)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        part = torch.randperm(len(x), generator=generator)[:batch]
        part = part.to(x.device)
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x[part]), y[part])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
# --8<-- [end:fit]


# --8<-- [start:wrong]
@torch.no_grad()
def wrong(
    model: nn.Module, x: Float[Tensor, "n *d"], y: Int[Tensor, " n"]
) -> Bool[Tensor, " n"]:
    """For each example, whether the class of the largest score is wrong.

    Raises:
        ValueError: if x and y differ in length, or there is none.
    """
    _refuse_other_lengths(x, y)
    return model(x).argmax(1) != y
# --8<-- [end:wrong]


def _refuse_other_lengths(x, y) -> None:
    if len(x) != len(y) or len(x) == 0:
        raise ValueError(
            "x and y must hold as many examples, and at least one,"
            f" got {len(x)} and {len(y)}"
        )
