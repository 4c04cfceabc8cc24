"""Checks of the exercises of the chapter LeNet."""

from collections.abc import Callable

import torch
from torch import nn

from dlbook.exercises._forms import Findings, close, hand, holds

check_colour = hand(
    ("parameters of c1", 456, {
        156: "Its kernels span three channels.", 450: "Biases are missing.",
        468: "One bias for each kernel.",
    }),
    ("multiply-adds of c1", 352_800, {
        117_600: "Its kernels span three channels.",
        460_800: "Without padding 28 by 28 are left.",
    }),
    ("parameters of all other layers", 61_550, {
        61_706: "c1 is counted, too.",
    }),
)


def check_dense(as_conv: Callable[[nn.Linear, int], nn.Module]) -> Findings:
    """A dense layer as a convolution whose kernel is as large as the map."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        dense = nn.Linear(4 * 9, 5)
        maps = torch.randn(2, 4, 3, 3)
        wide = torch.randn(1, 4, 3, 6)
    conv = as_conv(dense, 3)
    yield close(
        "it has 5 kernels of 4 channels, 3 by 3", conv.weight.shape,
        [5, 4, 3, 3], {"input and output are exchanged": [4, 5, 3, 3]},
    )
    yield close(
        "on maps of 3 by 3 it gives what the dense layer gives",
        conv(maps).flatten(1), dense(maps.flatten(1)),
        {
            "the bias is missing": dense(maps.flatten(1)) - dense.bias,
            "rows and columns are exchanged": (
                dense(maps.mT.flatten(1))
            ),
        },
    )
    yield close(
        "on wider maps it slides", conv(wide)[0, :, 0, 2],
        dense(wide[..., 2:5].flatten(1))[0],
    )
    yield holds(
        "the dense layer is as before", dense.weight.shape == (5, 36),
        f"Its weights have shape {tuple(dense.weight.shape)}.",
    )


check_table = hand(
    ("parameters if each map reads three neighbours", 1216, {
        1200: "Each of 16 maps has a bias.",
        450: "There are 16 maps that read, not 6.",
        1248: "One bias for each map, not for each pair.",
    }),
    ("parameters if it reads all six", 2416, {
        2400: "Each of 16 maps has a bias.",
        1516: "That is the table of 1998.",
        2496: "One bias for each map, not for each pair.",
    }),
)
