"""Checks of the exercises of the chapter Gradient descent."""

from collections.abc import Callable

import torch
from torch import Generator, Tensor

from dlbook.exercises._forms import Findings, close, hand

check_bowl = hand(
    ("the rate that arrives in one step", 1 / 6, {
        1 / 3: "The curvature is the second derivative, 2 · 3.",
        1 / 12: "Half of that.",
    }),
    ("the rate that leaps for ever", 1 / 3, {
        2 / 3: "The curvature is the second derivative, 2 · 3.",
    }),
    ("the rate from which on it explodes", 1 / 3, {
        0.35: "It does explode there, but begins to earlier.",
    }),
)
check_valley = hand(
    ("the best rate", 0.2, {
        1 / 9: "That rate is best for the steep direction alone.",
        2 / 9: "There the steep direction leaps for ever.",
    }),
    ("the factor of each step", 0.8, {
        0.9: "κ − 1 and κ + 1 belong into it.", 0.2: "That is the rate.",
    }),
    ("the steps until a hundredth is left", 21, {
        20: "After 20 steps a little more than a hundredth is left.",
        10: "The logarithm of 100 is taken to base e in both places.",
    }),
)


def check_without(
    distance: Callable[[Tensor, int, int, Generator], float],
) -> Findings:
    """Batches that are drawn without putting back."""
    g = torch.Generator().manual_seed(0)
    each = torch.randn(12, 2, generator=g)
    spread = (each - each.mean(0)).square().sum(1).mean()
    for size, factor in (1, 1.0), (6, 6 / 11), (11, 1 / 11):
        right = spread / size * factor
        yield close(
            f"B = {size} of 12: the spread over B, times (n − B)/(n − 1)",
            distance(each, size, 20_000, g), right,
            {
                "the examples are put back": spread / size,
                "the spread is not divided by B": spread * factor,
                "its root is taken": right.sqrt(),
            } if size > 1 else {},
            tol=0.03,
        )
    yield close(
        "B = 12: the batch is the whole set, nothing is left to chance",
        distance(each, 12, 100, g), 0.0,
        {"the examples are put back": spread / 12},
    )


def check_diabetes(kappa: Callable[[Tensor], float]) -> Findings:
    """The condition number of a linear model with a bias."""
    x = torch.tensor([[1.0, 2], [1, -2], [-1, 2], [-1, -2]]).double()
    yield close(
        "two measurements of spread 1 and 2: from curvature 2 to 8",
        kappa(x), 4.0,
        {
            "its root is taken": 2.0, "it is upside down": 1 / 4,
            "the largest curvature alone is given": 8.0,
        },
    )
    shifted = x[:, :1] + 10
    both = torch.cat([shifted, torch.ones(4, 1)], 1).double()
    values = torch.linalg.eigvalsh(both.T @ both)
    yield close(
        "what lies far from 0 quarrels with the bias",
        kappa(shifted), values[-1] / values[0],
        {
            "the column of ones is missing": 1.0,
            "the measurements are centred first": 1.0,
        },
    )
    values = torch.linalg.eigvalsh(
        torch.tensor([[25.0, 0, 0], [0, 4.0, 0], [0, 0, 1.0]])
    )
    yield close(
        "measurements of spread 5 and 2 beside the bias",
        kappa(x * torch.tensor([5.0, 1.0])), values[-1] / values[0],
        {
            "the column of ones is missing": 25 / 4,
            "the measurements are standardised first": 1.0,
        },
    )
