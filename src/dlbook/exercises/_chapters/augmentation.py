"""Checks of the exercises of the chapter Data augmentation."""

from collections.abc import Callable

import torch
from torch import Tensor

from dlbook.exercises._forms import Findings, close, hand

check_views = hand(
    ("versions of each", 50, {
        25: "Flipped, each is another one.", 32: "5 crops in each direction.",
        18: "Padding stands on both sides.", 8: "5 crops in each direction.",
    }),
    ("epochs until half of them were shown", 35, {
        25: "Some come twice.", 34: "After 34 it is a little less than half.",
    }),
)


def check_cholesky(root: Callable[[Tensor, str], Tensor]) -> Findings:
    """A matrix that turns independent numbers into shifts of colour."""
    c = torch.tensor([[4.0, 1, 0.5], [1, 3, -0.2], [0.5, -0.2, 2]])
    lower = torch.linalg.cholesky(c)
    a = torch.as_tensor(root(c, "deviation"))
    yield close(
        "deviation: shifts α Aᵀ have the covariance C of the pixels, A Aᵀ = C",
        a @ a.T, c,
        {
            "A is C itself, its square comes out": c @ c,
            "the variances alone are right": c.diag().diag(),
            "A is transposed: A Aᵀ must be C, not Aᵀ A": lower.T @ lower,
        },
    )
    a = torch.as_tensor(root(c, "variance"))
    yield close(
        "variance: they have the covariance C²", a @ a.T, c @ c,
        {
            "it is the same as for deviation": c,
            "A is C squared, its square comes out": c @ c @ c @ c,
        },
    )
