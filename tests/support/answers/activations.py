import torch

from answers import Many, instead

HAND = [0.25, 0.1875, -0.8, 0.36, -0.275, 0.044]


def size(a, relu):
    return relu(a) + relu(-a)


def larger(a, b, relu):
    return a + relu(b - a)


def lowest(slope, low, high, times=50):
    for _ in range(times):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    return low


def wrong_half(slope, low, high):
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if slope(middle) < 0 else (middle, high)
    return low


def in_place(a, relu):
    return relu(a) + relu(a.mul_(-1))


ANSWERS = {
    "hand": (
        [HAND],
        [(instead(HAND, _2=0.8), "tanh changes its sign"), (instead(HAND, _3=-0.36), "does not change its sign")],
    ),
    "bends": (
        [Many(size, larger), Many(lambda a, relu: 2 * relu(a) - a, lambda a, b, relu: relu(a - b) + b)],
        [
            (Many(lambda a, relu: relu(a) - relu(-a), larger), "gives a again"),
            (Many(lambda a, relu: relu(a), larger), "negative half is lost"),
            (Many(size, lambda a, b, relu: a - relu(a - b)), "the smaller one"),
            (Many(lambda a, relu: a.abs(), lambda a, b, relu: torch.maximum(a, b)), "called 0 times"),
            (Many(in_place, larger), "changes argument 1"),
        ],
    ),
    "lowest": (
        [lowest, lambda slope, low, high: (lowest(slope, low, high, 60) + lowest(slope, low, high, 61)) / 2],
        [
            (lambda slope, low, high: lowest(slope, low, high, 1), "WRONG"),
            (lambda slope, low, high: (low + high) / 2, "halved once"),
            (wrong_half, "half without the change of sign"),
            (lambda slope, low, high: -1.2784645, "for every function"),
        ],
    ),
}
