"""Checks of the exercises of the chapter Fully connected networks."""

import copy
from collections.abc import Callable
from itertools import product
from typing import Any

import torch
from torch import Tensor, nn

from dlbook.exercises._forms import (
    Findings,
    Property,
    close,
    equals,
    hand,
    holds,
)
from dlbook.fully_connected import MLP

check_count = hand(
    ("shape of the first weights", (4, 3), {
        (3, 4): "Rows as units, columns as numbers before it.",
    }),
    ("numbers of the first biases", 4, {3: "One for each unit."}),
    ("shape of the second weights", (2, 4), {
        (4, 2): "Rows as units, columns as numbers before it.",
    }),
    ("numbers of the second biases", 2, {4: "One for each unit."}),
    ("numbers together", 26, {20: "Biases are missing.", 34: "Count again."}),
)


def check_majority(nand: Any, majority: Any) -> Findings:
    """Weights for "not both" and for "at least two of three"."""
    yield from _unit("not both", nand, 2, lambda x: sum(x) < 2)
    yield from _unit("two of three", majority, 3, lambda x: sum(x) >= 2)


def _unit(
    name: str, unit: Any, inputs: int, rule: Callable[[tuple], bool]
) -> Findings:
    """A unit that says 1 where its sum is above 0."""
    try:
        weights = [float(w) for w in unit[0]]
        bias = float(unit[1])
    except (TypeError, ValueError, IndexError):
        met = f"Met {unit!r}."
        yield Property(f"{name}: weights and a bias, (w, b)", False, met)
        return
    yield equals(f"{name}: {inputs} weights", len(weights), inputs)
    for x in product([0, 1], repeat=inputs):
        z = sum(w * each for w, each in zip(weights, x, strict=False)) + bias
        yield holds(
            f"{name}: {x} gives {int(rule(x))}", (z > 0) == rule(x),
            f"w · x + b is {z:g}.",
        )


def check_permute(
    reordered: Callable[[nn.Module, Tensor], Any],
) -> Findings:
    """Hidden units in another order."""
    g = torch.Generator().manual_seed(0)
    net: Any = MLP([4, 5, 3], generator=g)
    order = torch.tensor([3, 0, 4, 1, 2])
    with torch.no_grad():
        net.layers[0].bias += torch.arange(5.0)
    x = torch.randn(20, 4, generator=g)
    before, (hidden, last) = net(x).detach(), net.layers
    made = reordered(net, order)
    yield close(
        "the rows of the first matrix stand in the order asked for",
        made.layers[0].weight, hidden.weight[order],
        {
            "they stand as before": hidden.weight,
            "the order is the other way round": hidden.weight[order.argsort()],
        },
    )
    yield close(
        "the biases go with them", made.layers[0].bias, hidden.bias[order],
        {"they stand as before": hidden.bias},
    )
    yield close(
        "so do the columns of the second matrix",
        made.layers[1].weight, last.weight[:, order],
        {
            "they stand as before": last.weight,
            "the order is the other way round": (
                last.weight[:, order.argsort()]
            ),
        },
    )
    yield close("the network computes the same", made(x), before)


def check_pixels(
    for_shuffled: Callable[[nn.Module, Tensor], Any],
) -> Findings:
    """A network for shuffled pixels."""
    g = torch.Generator().manual_seed(0)
    net: Any = MLP([6, 5, 3], generator=g)
    order = torch.tensor([2, 0, 5, 1, 4, 3])
    x = torch.randn(20, 6, generator=g)
    before = net(x).detach()
    other = copy.deepcopy(net)
    with torch.no_grad():
        weight = other.layers[0].weight
        weight.copy_(weight[:, order.argsort()])
    yield close(
        "of x[:, order] it makes what the old one makes of x",
        for_shuffled(net, order)(x[:, order]), before,
        {
            "the network is as before": net(x[:, order]),
            "the columns are shuffled the other way round": (
                other(x[:, order])
            ),
        },
    )
    yield close(
        "only the columns of the first matrix have moved",
        for_shuffled(net, order).layers[1].weight, net.layers[1].weight,
    )
