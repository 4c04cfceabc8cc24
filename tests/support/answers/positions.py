from math import log

import torch

ANSWERS = {
    "turn": (
        [[0.84, 0.84], [0.8415, 0.8415]],
        [([-0.84, 0.84], "by its own place"), ([0.84, -0.84], "which is −1"), ([0.0, 0.84], "without turning")],
    ),
    "average": (
        [lambda outputs: 1 / outputs[:, 0] - 1, lambda outputs: (outputs[:, 1] / outputs[:, 0]).round()],
        [
            (lambda outputs: 1 / outputs[:, 0], "counts from 1"),
            (lambda outputs: outputs[:, 0], "part of the first word"),
            (lambda outputs: torch.arange(len(outputs)), "it counts the rows"),
        ],
    ),
    "reach": (
        [lambda slope: log(2) / slope],
        [
            (lambda slope: 1 / slope, "1/e"),
            (lambda slope: log(2) * slope, "is multiplied"),
            (lambda slope: -log(2) / slope, "sign is wrong"),
        ],
    ),
}
