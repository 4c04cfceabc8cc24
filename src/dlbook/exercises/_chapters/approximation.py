"""Checks of the exercises of the chapter Approximation."""

from collections.abc import Callable

import torch
from torch import Tensor

from dlbook.exercises._forms import Findings, close, hand, holds

Curve = Callable[[Tensor], Tensor]


def _along(curve: Curve, places: list[float]) -> list[float]:
    return [float(curve(torch.tensor(x))) for x in places]


def check_points(network: Curve) -> Findings:
    """The network through four points."""
    ends = [0.0, 1.0, 2.0, 4.0]
    yield close(
        "it passes through the four points", _along(network, ends),
        [0.0, 2, 1, 1],
        {"the first turn is missing": [0.0, 0, -3, -5]},
    )
    yield close(
        "between them it is straight", _along(network, [0.5, 1.5, 3.0]),
        [1.0, 1.5, 1.0],
    )
    yield close(
        "behind the last point it goes on as the last piece does",
        _along(network, [9.0, 100.0]), [1.0, 1.0],
        {"the turn at the third point is missing": [-6.0, -97.0]},
    )


check_bound = hand(
    ("pieces with one layer of six", 7, {
        6: "Six bends part the line into one piece more.",
        64: "That many would need layers behind each other.",
    }),
    ("with two layers of three", 16, {9: "Each layer multiplies by n + 1."}),
    ("with three layers of two", 27, {8: "Each layer multiplies by n + 1."}),
    ("with six layers of one", 64),
    ("is the last of these bounds reached", False),
)


def check_thirds(fold: Curve) -> Findings:
    """A layer that folds the line into three."""
    thirds = [0.0, 1 / 3, 2 / 3, 1.0]
    yield close(
        "it runs from 0 to 1, back to 0 and to 1 again", _along(fold, thirds),
        [0.0, 1, 0, 1],
        {"the line is folded into two": [0, 2 / 3, 2 / 3, 0]},
    )
    yield close(
        "in between it is straight", _along(fold, [1 / 6, 1 / 2, 5 / 6]),
        [0.5, 0.5, 0.5],
    )
    x = torch.linspace(0, 1, 730).tolist()
    once = _along(fold, x)
    twice = torch.tensor(_along(fold, once))
    rising = twice.diff() > 0
    pieces = int((rising[1:] != rising[:-1]).sum()) + 1
    yield holds(
        "two of them behind each other make nine pieces", pieces == 9,
        f"Met {pieces} pieces.",
    )


def check_plane(parts: Callable[[Tensor, Tensor, Tensor], int]) -> Findings:
    """Into how many parts lines cut the plane."""
    side = torch.linspace(-40, 40, 401)
    spots = torch.cartesian_prod(side, side)
    w = torch.tensor([[1.0, 0, 1, -1], [0, 1.0, 1, 2]])
    b = torch.tensor([0.0, 0, -3, 5])
    for n, right in (1, 2), (2, 4), (3, 7), (4, 11):
        yield close(
            f"{n} line{'s' * (n > 1)} in general position: every pattern of"
            " units that are on is counted once",
            parts(w[:, :n], b[:n], spots), right,
            {
                "all patterns that one could write down are counted": 2**n,
                "the units are counted, and not the parts": n,
                "places are counted, and not patterns": len(spots),
            },
        )
    parallel = torch.tensor([[1.0, 1, 1], [0, 0, 0]])
    yield close(
        "three lines side by side make four parts",
        parts(parallel, torch.tensor([0.0, 5, 9]), spots), 4,
        {"a formula is used where one should count": 7},
    )
