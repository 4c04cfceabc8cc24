from itertools import product

import torch

from answers import instead

THIRD = [0, 9, 6, 18]


def mean_loss(h, w, target, p, scaled=True, evenly=False):
    total = 0.0
    for m in product([0, 1], repeat=len(h)):
        chance = p ** m.count(0) * (1 - p) ** m.count(1)
        mask = torch.tensor(m) / (1 - p if scaled else 1)
        total += (2.0 ** -len(h) if evenly else chance) * (target - mask * h @ w) ** 2
    return total


ANSWERS = {
    "third": (
        [THIRD, [0, 9.0, 6.0, 18.0]],
        [
            (instead(THIRD, _1=6), "divided by 1 − p"),
            (instead(THIRD, _3=36), "one half"),
            (instead(THIRD, _2=4), "keeps the mean"),
        ],
    ),
    "ridge": (
        [mean_loss, lambda h, w, target, p: (target - h @ w) ** 2 + p / (1 - p) * (w * h).square().sum()],
        [
            (lambda *given: mean_loss(*given, scaled=False), "not divided by 1 − p"),
            (lambda *given: mean_loss(*given, evenly=True), "weigh the same"),
            (lambda h, w, target, p: (target - h @ w) ** 2, "there is no dropout"),
            (lambda h, w, target, p: (target - h @ w) ** 2 + (1 - p) / p * (w * h).square().sum(), "exchanged"),
        ],
    ),
    "old": (
        [lambda old_rate, p: (1 - p) ** 2 * old_rate],
        [
            (lambda old_rate, p: (1 - p) * old_rate, "both count"),
            (lambda old_rate, p: old_rate / (1 - p) ** 2, "the other way"),
            (lambda old_rate, p: old_rate, "the rate stays"),
        ],
    ),
}
