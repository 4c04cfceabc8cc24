"""Checks of the exercises of the chapter The forward pass."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from dlbook.exercises._forms import Findings, close, hand
from dlbook.fully_connected import MLP

check_hand = hand(
    ("which unit is silent, 1 or 2", 1, {2: "Its z is 0.5 + 1."}),
    ("the probability", 0.0040701, {
        0.9959: "The sign of the sum is wrong: the second weight is −3.",
        0.0014: "A silent unit passes on 0, and not its z.",
        -5.5: "That is z: put it through the sigmoid.",
    }),
)
check_count = hand(
    ("multiply-adds of the batch", 17_036_800, {
        266_200: "That is one example: there are 64.",
        17_063_040: "Biases are added, they multiply nothing.",
    }),
)


def check_dead(silent_units: Callable[[nn.Module, Tensor], int]) -> Findings:
    """Hidden units that are 0 for every example."""
    g = torch.Generator().manual_seed(0)
    net = MLP([6, 8, 3], activation=nn.ReLU, generator=g)
    x = torch.randn(20, 6, generator=g)
    first: Any = net.layers[0]
    for silenced in 0, 3, 8:
        with torch.no_grad():
            first.bias[:] = 9.0
            first.bias[:silenced] = -99.0
        yield close(
            f"{silenced} of 8 units are 0 for every example",
            silent_units(net, x), silenced,
            {"the awake ones are counted": 8 - silenced},
        )
    with torch.no_grad():
        first.weight[:], first.bias[:] = 0.0, 0.0
        first.weight[:, 0] = 1.0
    yield close(
        "a unit that is 0 for some examples only is not silent",
        silent_units(net, x), 0,
        {
            "zeros are counted, and not units": int((x[:, 0] <= 0).sum()) * 8,
            "a unit with a single 0 is counted": 8,
        },
    )
