"""Checks of the exercises of the chapter Word vectors."""

import math

from dlbook.exercises._forms import hand

_TWICE = math.log(2)

check_hand = hand(
    ("the PPMI of a and b", _TWICE, {
        1.0: "The logarithm is the natural one.",
        2.0: "The logarithm of that.",
        math.log(6 / 16): "By chance is not once.",
    }),
    ("the PPMI of a and c", _TWICE, {
        1.0: "The logarithm is the natural one.",
        2.0: "The logarithm of that.",
        0.0: "c is rare: by chance they would meet once.",
    }),
    ("the best score of a and b", -_TWICE, {
        _TWICE: "k shifts it, by ln k.",
        _TWICE + math.log(4): "More false neighbours push it down.",
        0.0: "A score may be below 0: it is not cut off.",
    }),
)
