import torch
from torch import nn
from torch.nn.functional import avg_pool2d, max_pool2d

from answers import instead
from dlbook.pooling import max_pool2d_gradient

SIZES = [14, 6, 55, 56, 5, 5]


def power(x, kernel, p):
    return avg_pool2d(x**p, kernel) ** (1 / p)


class Subsampling(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(channels, 1, 1))
        self.bias = nn.Parameter(torch.zeros(channels, 1, 1))

    def pool(self, x):
        return avg_pool2d(x, 2, divisor_override=1)

    def forward(self, x):
        return (self.gain * self.pool(x) + self.bias).sigmoid()


class BiasFirst(Subsampling):
    def __init__(self, channels):
        nn.Module.__init__(self)
        self.b = nn.Parameter(torch.zeros(1, channels, 1, 1))
        self.g = nn.Parameter(torch.ones(1, channels, 1, 1))

    def forward(self, x):
        return (self.g * self.pool(x) + self.b).sigmoid()


class Mean(Subsampling):
    def pool(self, x):
        return avg_pool2d(x, 2)


class OneGain(Subsampling):
    def __init__(self, channels):
        super().__init__(1)


class NoSigmoid(Subsampling):
    def forward(self, x):
        return self.gain * self.pool(x) + self.bias


def unpool(y, x, kernel):
    return max_pool2d_gradient(y, x, kernel)


def by_index(y, x, kernel):
    _, index = max_pool2d(x, kernel, return_indices=True)
    return nn.functional.max_unpool2d(y, index, kernel)


def windows(n, size):
    return [(i * n // size, -(-(i + 1) * n // size)) for i in range(size)]


ANSWERS = {
    "sizes": ([SIZES], [(instead(SIZES, _2=56), "rounding up"), (instead(SIZES, _5=6), "it is dropped")]),
    "min": (
        [lambda x, kernel: -max_pool2d(-x, kernel)],
        [
            (lambda x, kernel: -max_pool2d(x, kernel), "another sign"),
            (lambda x, kernel: max_pool2d(-x, kernel), "sign is not turned back"),
            (max_pool2d, "it is the largest"),
            (lambda x, kernel: -max_pool2d(x.neg_(), kernel), "changes argument 1"),
        ],
    ),
    "power": (
        [
            power,
            lambda x, kernel, p: (
                (x.pow(p).unfold(2, kernel, kernel).unfold(3, kernel, kernel).mean((-1, -2))) ** (1 / p)
            ),
        ],
        [
            (lambda x, kernel, p: avg_pool2d(x**p, kernel), "root is missing"),
            (lambda x, kernel, p: (kernel**2 * avg_pool2d(x**p, kernel)) ** (1 / p), "sum is taken"),
            (lambda x, kernel, p: avg_pool2d((x**p) ** (1 / p), kernel), "root is taken before the mean"),
        ],
    ),
    "lenet": (
        [Subsampling, BiasFirst],
        [
            (Mean, "mean is taken"),
            (OneGain, "one gain and one bias"),
            (NoSigmoid, "sigmoid is missing"),
            (lambda channels: nn.Conv2d(channels, channels, 2, 2), "kernel for each pair"),
        ],
    ),
    "unpool": (
        [unpool, by_index],
        [
            (lambda y, x, kernel: unpool(torch.ones_like(y), x, kernel), "1 stands there"),
            (
                lambda y, x, kernel: y.repeat_interleave(kernel, 2).repeat_interleave(kernel, 3),
                "filled with its maximum",
            ),
            (lambda y, x, kernel: unpool(max_pool2d(x, kernel), x, kernel), "does not look at what"),
        ],
    ),
    "adaptive": (
        [windows, lambda n, size: [slice(*window) for window in windows(n, size)]],
        [
            (lambda n, size: [(i * (n // size), (i + 1) * (n // size)) for i in range(size)], "equally wide"),
            (lambda n, size: [(i * n // size, (i + 1) * n // size) for i in range(size)], "ends are rounded down"),
            (lambda n, size: [(a, b - 1) for a, b in windows(n, size)], "the last pixel is given"),
        ],
    ),
}
