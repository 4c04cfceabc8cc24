"""Checks of the exercises of the chapter Positions in attention."""

from collections.abc import Callable
from math import log

import torch
from torch import Tensor

from dlbook.attention import attention, causal_mask
from dlbook.exercises._forms import Findings, close, hand

check_turn = hand(
    ("the score at the places 2 and 1", 0.84147, {
        -0.84147: "k is turned by its own place, not back.",
        0.35: "Both numbers have a part in the product.",
        0.0: "That is the product without turning.",
        0.14112: "The angles are subtracted.", 0.5403: "k points upwards.",
    }),
    ("the score by the distance alone", 0.84147, {
        -0.84147: "k is turned by p − r, which is −1.",
        0.5403: "q picks the first number.",
    }),
)


def check_average(places: Callable[[Tensor], Tensor]) -> Findings:
    """The place, read off outputs that are even means."""
    for n in 5, 9:
        x = torch.tensor([[1.0, 0.0]] + [[0.0, 1.0]] * (n - 1))
        zeros = torch.zeros(n, 2)
        outputs = attention(zeros, zeros, x, causal_mask(n))
        parts = outputs[:, 0]
        yield close(
            f"of {n} outputs it reads the places 0 to {n - 1}",
            places(outputs), torch.arange(n),
            {
                "it counts from 1": torch.arange(1, n + 1),
                "the part of the first word is given": parts,
                "the part of the others is given": outputs[:, 1],
                "it counts the rows, which are in order here": -1 - parts,
            },
        )
    shuffled = outputs[torch.tensor([3, 0, 7])]
    yield close(
        "it reads each output alone, in any order", places(shuffled),
        [3.0, 0, 7], {"it counts the rows": [0.0, 1, 2]},
    )


def check_reach(reach: Callable[[float], float]) -> Findings:
    """How far back half of the weight lies."""
    for m in 1 / 2, 1 / 8, 1 / 256:
        yield close(
            f"slope {m:g}", reach(m), log(2) / m,
            {
                "it is the distance at which a weight is 1/e": 1 / m,
                "the slope is multiplied": log(2) * m,
                "the logarithm has the base 2": 1 / m,
                "the logarithm has the base 10": log(2) / log(10) / m,
                "the sign is wrong": -log(2) / m,
            },
            tol=1e-3,
        )
    words = torch.arange(2000)
    weights = (-words / 16).softmax(0)
    yield close(
        "up to there lies half of the weight, for slope 1/16",
        weights[: round(float(reach(1 / 16)))].sum(), 0.5, tol=0.02,
    )
