"""Checks of the exercises of the chapter Shifts."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import conv2d

from dlbook.exercises._forms import Findings, close, hand

check_safe = hand(
    ("three blocks with tiles of 3", 27, {
        9: "Each block multiplies: 3 · 3 · 3.", 3: "That is one block.",
    }),
    ("two blocks with tiles of 4", 16, {
        8: "Each block multiplies: 4 · 4.", 4: "That is one block.",
    }),
)


def check_stays(stays: Callable[[int, int, int], float]) -> Findings:
    """The probability that the winner stays in its window."""
    for k, a, b, right in (
        (2, 1, 0, 1 / 2), (2, 1, 1, 1 / 4), (3, -1, 1, 4 / 9), (4, 0, 3, 1 / 4),
    ):
        rows, columns = 1 - abs(a) / k, 1 - abs(b) / k
        yield close(
            f"window of {k}, a move by ({a}, {b})", stays(k, a, b), right,
            {
                "the two parts are averaged, and not multiplied": (
                    (rows + columns) / 2
                ),
                "a move to the left counts as none": (1 - a / k) * (1 - b / k),
                "the probability to leave is given": 1 - right,
            },
        )
    yield close("without a move it stays", stays(3, 0, 0), 1.0)
    yield close(
        "a move by the whole window or more takes it out",
        [stays(2, 2, 0), stays(2, 3, 3), stays(3, 0, -5)], [0.0, 0, 0],
        {"parts below 0 are multiplied": [0.0, 0.25, -2 / 3]},
    )


def check_alike(
    dense_weight: Callable[[Tensor, int, int], Tensor],
) -> Findings:
    """Weights of a dense layer that do not depend on the place."""
    g = torch.Generator().manual_seed(0)
    v, maps = torch.randn(5, 3, generator=g), torch.randn(4, 3, 2, 6, generator=g)
    w = dense_weight(v, 2, 6)
    right = (v / 12).repeat_interleave(12, 1)
    yield close(
        "W has a row for each class, a column for each channel and place",
        w, right,
        {
            "the division by hw is missing": 12 * right,
            "channels run fastest, though flatten puts places there": (
                (v / 12).repeat(1, 12)
            ),
        },
    )
    yield close(
        "the scores are those of the means of the maps",
        maps.flatten(1) @ w.T, maps.mean((2, 3)) @ v.T,
    )


def check_strip(
    kernels: Callable[[Tensor, tuple[int, int, int]], Tensor],
) -> Findings:
    """A dense layer folded back into kernels."""
    g = torch.Generator().manual_seed(0)
    weight = torch.randn(5, 3 * 2 * 4, generator=g)
    maps = torch.randn(2, 3, 2, 4, generator=g)
    folded = kernels(weight, (3, 2, 4))
    yield close(
        "row n becomes a kernel of 3 channels, 2 rows and 4 columns",
        folded, weight.unflatten(1, (3, 2, 4)),
        {
            "rows and columns are exchanged": (
                weight.unflatten(1, (3, 4, 2)).mT
            ),
            "channels come last": (
                weight.unflatten(1, (2, 4, 3)).permute(0, 3, 1, 2)
            ),
            "the kernels are mirrored": (
                weight.unflatten(1, (3, 2, 4)).flip(2, 3)
            ),
        },
    )
    yield close(
        "on maps of that size it gives the scores of the dense layer",
        conv2d(maps, folded).flatten(1), maps.flatten(1) @ weight.T,
    )
    wide = torch.randn(1, 3, 2, 9, generator=g)
    yield close(
        "on wider maps it slides, place by place",
        conv2d(wide, folded)[0, :, 0, 5], weight @ wide[..., 5:].flatten(),
    )
