"""Checks of the exercises of the chapter The training loop."""

import math
from collections.abc import Callable

from dlbook.exercises._forms import Findings, close, hand

check_sum = hand(
    ("w after step 1, cleared", 0.5, {0.75: "The slope is 2w."}),
    ("after step 2", 0.25), ("after step 3", 0.125),
    ("w after step 1, not cleared", 0.5),
    ("after step 2", -0.25, {
        0.25: "The slope of step 1 is still there: 1 + 2.",
    }),
    ("after step 3", -0.875, {
        -0.125: "All slopes so far are summed.",
        -0.1875: "All slopes so far are summed: 2, 1 and −0.5.",
    }),
)


def check_cosine(cosine: Callable[[float], float]) -> Findings:
    """A cosine from 1 down to 0."""
    yield close(
        "it begins at 1", cosine(0.0), 1.0,
        {"it begins at 0: it rises": 0.0, "it is not halved": 2.0},
    )
    yield close(
        "it ends at 0", cosine(1.0), 0.0,
        {
            "it ends at −1: nothing is added to the cosine": -1.0,
            "the angle is in degrees, or lacks π": (1 + math.cos(1)) / 2,
            "it ends at 1: it runs through a whole turn": 1.0,
        },
    )
    done = [0.1, 0.25, 0.5, 0.9]
    yield close(
        "in between it is half of a turn of the cosine, and no line",
        [cosine(d) for d in done],
        [(1 + math.cos(math.pi * d)) / 2 for d in done],
        {
            "it is a straight line": [1 - d for d in done],
            "it is a quarter of a turn": [
                math.cos(math.pi * d / 2) for d in done
            ],
        },
    )
