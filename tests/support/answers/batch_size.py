from itertools import permutations, product
from statistics import mean


def mean_square(g, size):
    return mean(mean(batch) ** 2 for batch in product(g, repeat=size))


def not_put_back(g, size):
    return mean(mean(batch) ** 2 for batch in permutations(g, size)) if size <= len(g) else 0


def change(bend, rate, variance, batch):
    return -rate * bend**2 + rate**2 / 2 * bend * (bend**2 + variance / batch)


def measured(bend, rate, variance, batch):
    import torch

    noise = (variance / batch) ** 0.5 * torch.randn(200_000, generator=torch.Generator().manual_seed(0))
    return (bend / 2 * ((1 - rate * (bend + noise)) ** 2 - 1)).mean()


ANSWERS = {
    "square": (
        [mean_square, lambda g, size: mean(g) ** 2 + mean((x - mean(g)) ** 2 for x in g) / size],
        [
            (not_put_back, "not put back"),
            (lambda g, size: mean(g) ** 2, "the mean is squared"),
            (lambda g, size: 16 + 5 / size, "1, 3, 5, 7 are written into it"),
        ],
    ),
    "bowl": (
        [change, measured],
        [
            (lambda bend, rate, variance, batch: -rate * bend**2 + rate**2 / 2 * bend**3, "there is no noise"),
            (lambda bend, rate, variance, batch: change(bend, rate, variance, 1), "not divided by B"),
            (lambda bend, rate, variance, batch: change(bend, rate, variance, batch**2), "divided by B²"),
            (lambda bend, rate, variance, batch: 2 * change(bend, rate, variance, batch), "half of λ/2"),
        ],
    ),
}
