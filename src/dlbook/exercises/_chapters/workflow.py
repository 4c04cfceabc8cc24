"""Checks of the exercises of the chapter The workflow."""

import math
from collections.abc import Callable

import torch
from torch import Generator, nn

from dlbook.exercises._forms import Findings, close, equals, hand, holds
from dlbook.training import models

check_short = hand(
    ("the accuracy, in percent", 93.76, {
        93.75: "The last batch is right in all of its 16 pictures.",
        93.90625: "That is the mean of means.", 0.9376: "In percent.",
    }),
    ("the mean of means, in percent", 93.90625, {
        93.76: "Each of the 40 batches weighs the same there.",
        93.75: "The last batch has a mean, too: 1.", 0.9390625: "In percent.",
    }),
    part=7e-5,
)


def check_register(deep: Callable[..., nn.Module]) -> Findings:
    """A factory with two hidden layers, under a name."""
    net = deep((1, 28, 28), 10, Generator().manual_seed(0))
    weights = [p for p in net.parameters() if p.ndim == 2]
    yield equals(
        "its layers have 128, 64 and as many units as there are classes",
        [len(weight) for weight in weights], [128, 64, 10],
        {
            "the second hidden layer is missing": [128, 10],
            "the two are exchanged": [64, 128, 10],
            "the last layer is missing": [128, 64],
        },
    )
    yield close(
        "it takes pictures as they are, and gives a score for each class",
        net(torch.zeros(5, 1, 28, 28)).shape, [5, 10],
    )
    other = deep((3, 6, 6), 4, Generator().manual_seed(0))
    yield close(
        "shape and classes decide its sizes",
        other(torch.zeros(2, 3, 6, 6)).shape, [2, 4],
    )
    again = deep((1, 28, 28), 10, Generator().manual_seed(0))
    yield holds(
        "the generator decides where it starts",
        all(map(torch.equal, net.parameters(), again.parameters())),
        "Two networks from the same seed differ.",
    )
    yield holds(
        "it is registered under the name deep", "deep" in models(),
        f"There are {', '.join(models())}: @register(\"deep\") adds one.",
    )


def check_bound(pictures: Callable[[int, float], float]) -> Findings:
    """The pictures that an honest choice needs."""
    for many, points in (100, 1.0), (100, 0.1), (10, 2.0):
        right = math.log(many) / (2 * (points / 100) ** 2)
        yield close(
            f"{many} candidates, at most {points:g} point{'s' * (points != 1)}",
            float(pictures(many, points)), right,
            {
                "the bound is not squared": math.log(many) / (points / 50),
                "the 2 is missing": 2 * right,
                "points are not turned into parts of 1": right / 10_000,
                "the logarithm is missing": right * many / math.log(many),
                "it is a logarithm to base 10": right / math.log(10),
            },
            tol=1 / right + 1e-4,
        )
