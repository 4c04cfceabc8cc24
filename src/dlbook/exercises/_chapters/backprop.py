"""Checks of the exercises of the chapter Backpropagation."""

import cmath
import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from dlbook.backprop.value import Value
from dlbook.exercises._forms import Findings, close, hand, holds

check_hand = hand(
    ("slope by a", 2, {3: "Take the value of the other factor, b + 1."}),
    ("slope by b", 5, {
        2: "b has two ways to f: add both.", 3: "b has two ways: add both.",
        6: "The two ways are added, not multiplied.",
    }),
)
check_kink = hand(
    ("the central difference at 0", 0.5, {
        1: "f(0 − h) is 0: the change h is divided by 2h.",
        0: "f(0 + h) is h: it sees that side, too.",
    }),
    ("what the formula says", 0, {
        0.5: "That is what a nudge sees; the formula takes one side.",
        1: "At exactly 0 it takes the other side, as PyTorch does.",
    }),
)


def check_input(input_gradient: Callable[[Tensor, Tensor], Tensor]) -> Findings:
    """The gradient by the inputs of the first layer."""
    g = torch.Generator().manual_seed(0)
    x = torch.randn(5, 4, generator=g, requires_grad=True)
    weight = torch.randn(3, 4, generator=g)
    delta = torch.randn(5, 3, generator=g)
    (right,) = torch.autograd.grad(x @ weight.T, x, delta)
    yield close(
        "a row for each example, a number for each pixel, as autograd says",
        input_gradient(delta, weight), right,
        {
            "an activation is passed, though there is none before Z": (
                right * (1 - x**2)
            ),
            "the mean over the batch is taken again": right / 5,
            "it is transposed": right.T,
        },
    )
    square = torch.randn(3, 3, generator=g)
    yield close(
        "also where the weights are square",
        input_gradient(delta, square), delta @ square,
        {"W is transposed": delta @ square.T},
    )


def check_sine(sin: Callable[[Value], Value]) -> Findings:
    """A sine for Value."""
    x = Value(0.5)
    y = sin(x)
    yield close(
        "its value is the sine", y.data, math.sin(0.5),
        {"it is the cosine": math.cos(0.5)},
    )
    y.backward()
    yield close(
        "its slope is the cosine", x.grad, math.cos(0.5),
        {
            "its sign is wrong": -math.cos(0.5),
            "the slope is the sine": math.sin(0.5),
            "the new value has no parents, so nothing comes back": 0.0,
            "the slope is 1": 1.0,
        },
    )
    z = Value(0.5)
    sin(sin(z * z) + z).backward()
    inner = math.sin(0.25) + 0.5
    slope = math.cos(inner) * (math.cos(0.25) * 2 * 0.5 + 1)
    yield close(
        "in a chain its slope is multiplied by what comes from above",
        z.grad, slope,
    )
    yield holds("it gives a Value", isinstance(y, Value), f"Met {y!r}.")


def check_complex(slope: Callable[..., float]) -> Findings:
    """The complex step."""

    def f(x: Any) -> complex:
        return cmath.exp(x) * cmath.sin(x)

    right = math.exp(1) * (math.sin(1) + math.cos(1))
    yield close(
        "the slope of a cube at 2 is 12", slope(lambda x: x**3, 2.0), 12.0,
        {
            "it is not divided by h": 0.0,
            "the real part is taken": 8.0,
        },
        tol=1e-6,
    )
    yield close(
        "nothing is subtracted, so all digits are right",
        slope(f, 1.0), right, tol=1e-14,
    )
    kinds: list[str] = []

    def square(x: Any) -> Any:
        kinds.append(type(x).__name__)
        return x * x

    slope(square, 1.0)
    yield holds(
        "one call with a complex number is enough", kinds == ["complex"],
        f"It called the function with {', '.join(kinds)}.",
    )
