import math

import torch
from torch import nn

from dlbook.fully_connected import MLP
from dlbook.training import register


@register("deep")
def deep(shape, classes, generator):
    sizes = [math.prod(shape), 128, 64, classes]
    return nn.Sequential(nn.Flatten(), MLP(sizes, generator=generator))


def one_hidden(shape, classes, generator):
    return nn.Sequential(nn.Flatten(), MLP([math.prod(shape), 128, classes], generator=generator))


def fixed(shape, classes, generator):
    return nn.Sequential(nn.Flatten(), MLP([784, 128, 64, 10], generator=generator))


def by_chance(shape, classes, generator):
    return nn.Sequential(nn.Flatten(), MLP([math.prod(shape), 128, 64, classes], generator=CHANCE))


CHANCE = torch.Generator().manual_seed(0)
ANSWERS = {
    "short": (
        [[93.76, 93.90625], [93.76, 93.9]],
        [
            ([93.75, 93.9], "all of its 16"),
            ([0.9376, 93.9], "In percent"),
            ([93.9, 93.76], "That is the mean of means"),
        ],
    ),
    "register": (
        [deep],
        [
            (one_hidden, "second hidden layer is missing"),
            (fixed, "WRONG  it runs to its end"),
            (by_chance, "from the same seed differ"),
        ],
    ),
    "bound": (
        [
            lambda candidates, points: math.log(candidates) / (2 * (points / 100) ** 2),
            lambda candidates, points: math.ceil(math.log(candidates) / (2 * (points / 100) ** 2)),
        ],
        [
            (lambda candidates, points: math.log(candidates) / (points / 50), "not squared"),
            (lambda candidates, points: math.log(candidates) / (points / 100) ** 2, "the 2 is missing"),
            (lambda candidates, points: math.log(candidates) / (2 * points**2), "parts of 1"),
            (lambda candidates, points: candidates / (2 * (points / 100) ** 2), "logarithm is missing"),
        ],
    ),
}
