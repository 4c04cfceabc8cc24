"""Checks of the exercises of the chapter Dropout."""

from collections.abc import Callable

import torch
from torch import Tensor

from dlbook.exercises._forms import Findings, close, hand

check_third = hand(
    ("the smaller value", 0),
    ("the larger value", 9, {
        6: "What is kept is divided by 1 − p.",
        18: "It is divided by 1 − p, not by p.", 4: "Divided, not multiplied.",
    }),
    ("the mean", 6, {4: "Scaling keeps the mean.", 4.5: "9 is likelier."}),
    ("the variance", 18, {
        36: "p/(1 − p) is one half.", 4.2426: "That is the deviation.",
        8: "Without scaling it would be that.", 54: "Take the mean's square off.",
    }),
)


def check_ridge(
    mean_loss: Callable[[Tensor, Tensor, float, float], Tensor],
) -> Findings:
    """The mean squared error over all masks."""
    g = torch.Generator().manual_seed(0)
    for n, p in (2, 0.5), (5, 0.3), (6, 0.1):
        h, w = torch.randn(2, n, generator=g)
        alone = (1.5 - h @ w) ** 2
        squares = (w**2 * h**2).sum()
        unscaled = (1.5 - (1 - p) * h @ w) ** 2 + p * (1 - p) * squares
        yield close(
            f"{n} units, p = {p}: each mask weighs what its chance is",
            mean_loss(h, w, 1.5, p), alone + p / (1 - p) * squares,
            {
                "what is kept is not divided by 1 − p": unscaled,
                "p and 1 − p are exchanged": alone + (1 - p) / p * squares,
                "there is no dropout": alone,
                "the error of the mean is taken, and not the mean of errors": (
                    alone
                ),
                "all masks weigh the same": _evenly(h, w, p),
                "the penalty alone is given": p / (1 - p) * squares,
            },
        )


def _evenly(h: Tensor, w: Tensor, p: float) -> Tensor:
    masks = torch.cartesian_prod(*[torch.tensor([0.0, 1.0])] * len(h))
    return (1.5 - masks / (1 - p) * h @ w).square().mean()


def check_old(new_rate: Callable[[float, float], float]) -> Findings:
    """The learning rate that goes with scaling in training."""
    for old, p in (0.2, 0.5), (0.1, 0.2), (1.0, 0.0):
        yield close(
            f"η = {old} with scaling in testing, p = {p}", new_rate(old, p),
            (1 - p) ** 2 * old,
            {
                "weights and gradients differ by 1 − p each: both count": (
                    (1 - p) * old
                ),
                "it goes the other way": old / (1 - p) ** 2,
                "p is taken, and not 1 − p": p**2 * old,
                "the rate stays": old,
            },
        )
