"""Checks of the exercises of the chapter Convolution layers."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d

from dlbook.exercises._forms import Findings, close, hand

check_row = hand(
    ("y", [2, -1, 2], {
        (-2, 1, -2): "Weight 0 is 1 and meets the pixel at the place itself.",
        (2, -1, 2, 0): "The kernel fits three times.",
    }),
    ("the gradient by w", [7, 1], {
        (1, 7): "Weight 0 met the pixels 3, 1, 2.",
        (6, 3): "Weigh what was met by g.",
    }),
    ("the gradient by x", [1, -1, 2, -2], {
        (-1, 1, -2, 2): "The kernel is stamped as it is, not mirrored.",
        (1, -1, 2): "x has four numbers.",
    }),
)


def check_average(average_pool: Callable[[Tensor], Tensor]) -> Findings:
    """Average pooling as a convolution."""
    g = torch.Generator().manual_seed(0)
    x = torch.randn(2, 3, 6, 8, generator=g)
    right = avg_pool2d(x, 2)
    yield close(
        "each 2×2 block becomes its mean, channel by channel",
        average_pool(x), right,
        {
            "the weights are 1, a sum": 4 * right,
            "it slides by 1: the stride is missing": avg_pool2d(x, 2, 1),
            "channels are mixed: one group for each is missing": (
                right.sum(1, keepdim=True).expand_as(right)
            ),
            "channels are mixed into their mean": (
                right.mean(1, keepdim=True).expand_as(right)
            ),
            "all channels become one": right.sum(1, keepdim=True),
        },
    )
    one = torch.arange(16.0).reshape(1, 1, 4, 4)
    yield close(
        "with one channel too", average_pool(one), avg_pool2d(one, 2),
        {"three channels are written into it": average_pool(x[:, :1])},
    )


def check_depthwise(fraction: Callable[[int, int, int], float]) -> Findings:
    """What is left of the work of a convolution."""
    for c_in, c_out, k in (64, 128, 3), (8, 16, 5), (3, 3, 3):
        yield close(
            f"from {c_in} to {c_out} channels, kernel {k}",
            fraction(c_in, c_out, k), 1 / c_out + 1 / k**2,
            {
                "the 1×1 convolution is forgotten": 1 / c_out,
                "the depthwise one is forgotten": 1 / k**2,
                "it is upside down": 1 / (1 / c_out + 1 / k**2),
                "k is not squared": 1 / c_out + 1 / k,
                "c_in and c_out are exchanged": 1 / c_in + 1 / k**2,
            },
            tol=1e-5,
        )


def _cells(*alive: tuple[int, int]) -> Tensor:
    cells = torch.zeros(1, 1, 6, 6)
    for row, column in alive:
        cells[0, 0, row, column] = 1
    return cells


def check_life(step: Callable[[Tensor], Tensor]) -> Findings:
    """A step of the Game of Life."""
    line = _cells((2, 1), (2, 2), (2, 3))
    turned = _cells((1, 2), (2, 2), (3, 2))
    yield close(
        "three in a row turn into three in a column", step(line), turned,
        {
            "nobody is born": _cells((2, 2)),
            "a cell counts itself as a neighbour, or nobody dies": _cells(
                (1, 2), (2, 1), (2, 2), (2, 3), (3, 2)),
        },
    )
    block = _cells((0, 0), (0, 1), (1, 0), (1, 1))
    yield close(
        "a block in the corner lives on: three neighbours each",
        step(block), block,
    )
    lonely = _cells((0, 0), (3, 3), (3, 4))
    yield close(
        "with one neighbour or none a cell dies", step(lonely), _cells(),
        {"nobody dies": lonely},
    )
    full = torch.ones(1, 1, 6, 6)
    corners = _cells((0, 0), (0, 5), (5, 0), (5, 5))
    yield close(
        "with more than three it dies: of a full board the corners are left",
        step(full), corners,
        {
            "nobody dies of too many": full,
            "the board is a ring, its rim has neighbours behind": full * 0,
        },
    )
    glider = _cells((0, 1), (1, 2), (2, 0), (2, 1), (2, 2))
    moved = glider
    for _ in range(4):
        moved = step(moved)
    yield close(
        "a glider has moved down and to the right after four steps",
        moved, glider.roll((1, 1), (2, 3)),
    )
