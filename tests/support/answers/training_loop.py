import math

from answers import instead

SUM = [0.5, 0.25, 0.125, 0.5, -0.25, -0.875]


def cosine(done):
    return (1 + math.cos(math.pi * done)) / 2


ANSWERS = {
    "sum": (
        [SUM],
        [
            (instead(SUM, _4=0.25), "still there"),
            (instead(SUM, _5=-0.125), "summed"),
            (instead(SUM, _0=0.75), "The slope is 2w"),
        ],
    ),
    "cosine": (
        [cosine, lambda done: math.cos(math.pi * done / 2) ** 2],
        [
            (lambda done: math.cos(math.pi * done), "ends at −1"),
            (lambda done: 1 - done, "straight line"),
            (lambda done: 1 - cosine(done), "it rises"),
            (lambda done: (1 + math.cos(done)) / 2, "lacks π"),
            (lambda done: math.cos(math.pi * done / 2), "a quarter of a turn"),
        ],
    ),
}
