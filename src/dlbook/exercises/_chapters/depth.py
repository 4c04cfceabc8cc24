"""Checks of the exercises of the chapter Depth."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.graph import saved_tensors_hooks

from dlbook.exercises._forms import Findings, close, holds
from dlbook.fully_connected import MLP, count_parameters


def check_leak(variance: Callable[[int, float], float]) -> Findings:
    """The variance that suits a Leaky ReLU."""
    yield close(
        "without a leak it is He's, 2/n", variance(64, 0.0), 2 / 64,
        {"it is that without a bend, 1/n": 1 / 64, "n is missing": 2.0},
    )
    yield close(
        "with a leak of 1 there is no bend: 1/n", variance(64, 1.0), 1 / 64,
        {"the leak is forgotten": 2 / 64, "1 is missing in 1 + α²": 2 / 64},
    )
    yield close(
        "squares of negative numbers are multiplied by α²",
        variance(100, 0.5), 2 / 125,
        {
            "α is not squared": 2 / 150,
            "the leak is subtracted": 2 / 75,
            "the square root is taken, a deviation": (2 / 125) ** 0.5,
        },
        tol=1e-5,
    )


def check_even(even_batch: Callable[[list[int]], float]) -> Findings:
    """The batch at which as much is kept as the weights hold."""
    sizes = [784, 512, 512, 10]
    many = count_parameters(MLP(sizes))
    yield close(
        "784, 512, 512, 10: parameters over the numbers kept per example",
        even_batch(sizes), many / sum(sizes[:-1]),
        {
            "what the last layer gives is counted, but kept by none": (
                many / sum(sizes)
            ),
            "the input is not counted, but the first layer keeps it": (
                many / sum(sizes[1:-1])
            ),
            "biases are left out": (
                (many - sum(sizes[1:])) / sum(sizes[:-1])
            ),
            "it is upside down": sum(sizes[:-1]) / many,
        },
    )
    yield close(
        "one layer of 3 to 4: 16 parameters, 3 numbers kept",
        even_batch([3, 4]), 16 / 3, {"biases are left out": 4.0},
    )


class _Kept:
    """A kept tensor; counts how many of its kind are alive."""

    alive = 0

    def __init__(self, tensor: Tensor) -> None:
        self.tensor = tensor.detach()
        _Kept.alive += 1

    def __del__(self) -> None:
        _Kept.alive -= 1


def check_alive(
    total_loss: Callable[[nn.Module, list[Tensor]], Any],
) -> Findings:
    """A loop that adds up losses and keeps no graph."""
    g = torch.Generator().manual_seed(0)
    net, counts = MLP([4, 3, 2], generator=g), []
    batches = [torch.randn(5, 4, generator=g) for _ in range(6)]
    with torch.no_grad():
        each = [net(x).square().mean().item() for x in batches]
    net.register_forward_pre_hook(lambda *_: counts.append(_Kept.alive))
    with saved_tensors_hooks(_Kept, lambda kept: kept.tensor):
        total = total_loss(net, batches)
    yield close(
        "it is the sum of the mean squares of all batches", total, sum(each),
        {
            "the mean over the batches is taken": sum(each) / 6,
            "only the last batch is counted": each[-1],
        },
    )
    yield holds(
        "the graph of at most one batch is alive",
        max(counts) <= max(counts[:2], default=0),
        f"Before the batches, so many tensors were kept: {counts[:6]}.",
    )
    yield holds(
        "the total holds no graph", not getattr(total, "requires_grad", False),
        "It is a tensor that remembers how it came about.",
    )
