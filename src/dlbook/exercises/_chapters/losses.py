"""Checks of the exercises of the chapter Losses."""

from collections.abc import Callable

import torch
from torch import Tensor

from dlbook.exercises._forms import Findings, close, hand

check_hand = hand(
    ("probability of class 1", 0.6, {
        1.79: "That is its logit: take the power of e first.",
    }),
    ("probability of class 2", 0.3),
    ("probability of class 3", 0.1, {0.0: "The power of 0 is 1."}),
    ("the loss", 1.20397, {
        0.5108: "The second class is right, not the first.",
        -1.20397: "The loss is the negative logarithm.",
        0.5229: "That is a logarithm to base 10.",
    }),
    ("slope by logit 1", 0.6, {-0.4: "y is 1 for the right class only."}),
    ("slope by logit 2", -0.7, {
        0.7: "The gradient is p − y, not y − p.", 0.3: "Take y off.",
    }),
    ("slope by logit 3", 0.1),
)
check_absolute = hand(
    ("the best number for squared errors", 22, {
        3: "That is the median.", 22.5: "There are five numbers.",
    }),
    ("the best number for absolute errors", 3, {
        22: "That is the mean: the far number pulls at it with its distance.",
        4: "As many numbers must lie on each side.",
    }),
)


def check_mse_softmax(gradient: Callable[[Tensor, Tensor], Tensor]) -> Findings:
    """The slope of squared error behind a softmax."""
    z = torch.tensor([[1.0, -0.5, 0.3, 2.0]], requires_grad=True)
    y = torch.tensor([[0.0, 1, 0, 0]])
    p = z.softmax(1)
    (right,) = torch.autograd.grad((p - y).square().sum(), z)
    p = p.detach()
    yield close(
        "it is the derivative of the sum of squares by the logits",
        gradient(z.detach(), y), right,
        {
            "the factor 2 is missing": right / 2,
            "the slope stops at the probabilities": 2 * (p - y),
            "only the logit's own probability moves": (
                2 * (p - y) * p * (1 - p)
            ),
            "it is p − y, as with cross-entropy": p - y,
            "the mean is taken, and not the sum": right / 4,
            "the sign is wrong": -right,
        },
    )
    far = torch.tensor([[40.0, 0, 0, 0]])
    yield close(
        "it vanishes where one probability is nearly 1, even the wrong one",
        gradient(far, y), torch.zeros(1, 4),
    )
    both = torch.cat([z.detach(), z.detach().flip(1)])
    grown = torch.autograd.grad(
        (both.requires_grad_().softmax(1) - y).square().sum(), both
    )[0]
    yield close(
        "each row of a batch has its own", gradient(both.detach(), y), grown,
        {"the sum runs over the whole batch": _over_all(both.detach(), y)},
    )


def _over_all(z: Tensor, y: Tensor) -> Tensor:
    p = z.softmax(1)
    c = 2 * (p - y)
    return p * (c - (c * p).sum())
