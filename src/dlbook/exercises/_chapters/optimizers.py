"""Checks of the exercises of the chapter Optimisers."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from dlbook.exercises._forms import Findings, close, hand

GRADIENTS = [[1.0, -2.0], [0.5, 0.0], [-3.0, 0.1], [0.0, 0.0], [2.0, 5.0]]

check_second = hand(
    ("the first step", -0.1, {
        0.1: "It goes against the gradient.",
        -0.2: "Its size does not depend on that of the gradient.",
        -0.3162: "Without the corrections m is 0.1 g, √s is 0.03 g.",
    }),
    ("the second step", -0.02664, {
        0.02664: "The mean m still points the old way.",
        0.1: "The first gradient is not forgotten.",
        -0.0113: "m is divided by its correction, too.",
    }),
)
check_conventions = hand(
    ("step 20, in both ways", 0.8784, {
        0.1: "The steps have added up: there is a velocity.",
        1.0: "That is where they would end: 20 steps are not enough.",
    }),
    ("step 21 in PyTorch's way", 0.08906, {
        0.8006: "PyTorch multiplies the whole velocity by the new rate.",
    }),
    ("step 21 in the papers' way", 0.8006, {
        0.08906: "There the rate is part of what is added to the velocity.",
        0.8906: "The new gradient comes in with the new rate.",
    }),
)


def _walk(maker: Callable[[list[Tensor]], Any]) -> Tensor:
    """Where an optimiser is after each of a few gradients."""
    w = torch.tensor([1.0, -1.0], requires_grad=True)
    walker, path = maker([w]), []
    for gradient in GRADIENTS:
        w.grad = torch.tensor(gradient)
        walker.step()
        path.append(w.detach().clone())
    return torch.stack(path)


def _by_rule(rule: Callable[[Tensor, dict], Tensor], lr: float) -> Tensor:
    """Where plain code would be that follows a rule."""
    w, path = torch.tensor([1.0, -1.0]), []
    memory: dict[str, Any] = {}
    for gradient in GRADIENTS:
        w = w - lr * rule(torch.tensor(gradient), memory)
        path.append(w)
    return torch.stack(path)


def _fading(
    memory: dict, gradient: Tensor, beta: float, power: int = 2
) -> Tensor:
    s = memory.get("s", torch.zeros_like(gradient))
    memory["s"] = beta * s + (1 - beta) * gradient**power
    memory["t"] = memory.get("t", 0) + 1
    return memory["s"]


def check_rmsprop(maker: Any) -> Findings:
    """RMSprop, written with Optimizer."""
    torchs = _walk(lambda params: torch.optim.RMSprop(params, lr=0.1))
    ours = _walk(lambda params: maker(params, lr=0.1))
    yield close(
        "the first step is lr · g / √(0.01 g²), whatever the size of g",
        ours[0], torchs[0],
        {
            "the mean is corrected, as in Adam": _by_rule(
                lambda g, m: g / _corrected(m, g), 0.1)[0],
            "the root is missing": _by_rule(
                lambda g, m: g / (_fading(m, g, 0.99) + 1e-8), 0.1)[0],
            "β is 0.9": _by_rule(
                lambda g, m: g / (_fading(m, g, 0.9).sqrt() + 1e-8), 0.1)[0],
        },
    )
    yield close(
        "after five gradients it is where torch.optim.RMSprop is",
        ours, torchs,
        {
            "squares are summed and never forgotten": _by_rule(
                lambda g, m: g / (_summed(m, g).sqrt() + 1e-8), 0.1),
            "s is not kept from step to step": _by_rule(
                lambda g, _: g / ((0.01 * g**2).sqrt() + 1e-8), 0.1),
        },
    )


def _corrected(memory: dict, g: Tensor) -> Tensor:
    s = _fading(memory, g, 0.99)
    return (s / (1 - 0.99 ** memory["t"])).sqrt() + 1e-8


def _summed(memory: dict, g: Tensor) -> Tensor:
    memory["s"] = memory.get("s", 0) + 0.01 * g**2
    return memory["s"]


def check_nesterov(maker: Any) -> Findings:
    """Nesterov momentum, as a subclass of SGD."""
    how: dict[str, Any] = {"lr": 0.1, "momentum": 0.9}
    torchs = _walk(lambda params: torch.optim.SGD(params, nesterov=True, **how))
    ours = _walk(lambda params: maker(params, **how))
    yield close(
        "the first step goes along g + μ g", ours[0], torchs[0],
        {
            "it is the heavy ball": _ball(velocity=1.0)[0],
            "g is missing": _ball(velocity=0.9)[0],
        },
    )
    yield close(
        "after five gradients it is where torch.optim.SGD with nesterov is",
        ours, torchs,
        {"it is the heavy ball": _ball(velocity=1.0)},
    )
    none = {"lr": 0.1, "momentum": 0.0}
    yield close(
        "without momentum it is plain descent",
        _walk(lambda params: maker(params, **none)),
        _walk(lambda params: torch.optim.SGD(params, lr=0.1)),
    )


def _ball(velocity: float) -> Tensor:
    """Along so much of the velocity alone; the heavy ball takes all of it."""

    def rule(g: Tensor, memory: dict) -> Tensor:
        memory["v"] = 0.9 * memory.get("v", torch.zeros_like(g)) + g
        return velocity * memory["v"]

    return _by_rule(rule, 0.1)
