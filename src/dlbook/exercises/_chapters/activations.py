"""Checks of the exercises of the chapter Activations."""

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from dlbook.activations import silu_derivative
from dlbook.exercises._forms import Findings, close, hand, holds

check_hand = hand(
    ("value of the sigmoid", 0.25, {0.75: "That is its value at ln 3."}),
    ("slope of the sigmoid", 0.1875, {0.25: "That is the value."}),
    ("value of tanh", -0.8, {0.8: "tanh changes its sign with x."}),
    ("slope of tanh", 0.36, {-0.36: "The slope does not change its sign."}),
    ("value of SiLU", -math.log(3) / 4, {
        math.log(3) / 4: "x itself is negative.",
        -3 * math.log(3) / 4: "The gate is σ(−ln 3).",
    }),
    ("slope of SiLU", (1 - 0.75 * math.log(3)) / 4, {
        (1 + 0.75 * math.log(3)) / 4: "x is negative.",
    }),
)


class _Counted:
    """A ReLU that counts how often it is called."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, x: Tensor) -> Tensor:
        self.calls += 1
        return torch.relu(x)


def check_bends(
    size: Callable[[Tensor, Any], Tensor],
    larger: Callable[[Tensor, Tensor, Any], Tensor],
) -> Findings:
    """Absolute value and maximum from ReLUs."""
    a, b = torch.tensor([[-3.0, -0.5, 0, 2, 4], [-5.0, 1, 0, 3, -4]])
    relu = _Counted()
    yield close(
        "size(a) is |a|", size(a, relu), a.abs(),
        {
            "the negative half is lost": a.relu(),
            "the halves are subtracted, which gives a again": a,
        },
    )
    yield close(
        "larger(a, b) is the larger of the two", larger(a, b, relu),
        torch.maximum(a, b),
        {
            "it is the smaller one": torch.minimum(a, b),
            "both are cut at 0": torch.maximum(a, b).relu(),
            "they are added": a + b,
        },
    )
    yield holds(
        "both are made with the ReLU that is given", relu.calls >= 2,
        f"It was called {relu.calls} times.",
    )


def check_lowest(lowest: Callable[..., float]) -> Findings:
    """Halving an interval until the slope changes its sign."""
    for low, high in (-2.0, 0.0), (-3.0, 1.0):
        yield close(
            f"SiLU is lowest where its slope is 0, from {low:g} … {high:g}",
            lowest(
                lambda x: silu_derivative(torch.as_tensor(x).double()),
                low, high,
            ),
            -1.2784645,
            {
                "the interval is halved once": (low + high) / 2,
                "the half without the change of sign is kept": high,
            },
        )
    yield close(
        "a parabola with its lowest point at 1/3",
        lowest(lambda x: 2 * (x - 1 / 3), -4.0, 5.0), 1 / 3,
        {"the answer for SiLU is given for every function": -1.2784645},
    )
