# about a minute
from functools import partial

import torch

import dlbook
from dlbook.data import digits
from dlbook.experiment import compare, split
from dlbook.fully_connected import MLP

x, y = (t.to(dlbook.device()) for t in digits())


def deep(times, generator):
    net = MLP([64] * 9 + [10], generator=generator)  # starts as torch does
    with torch.no_grad():
        for p in net.parameters():
            p *= times if p.ndim == 2 else 1
    return net


print(compare(
    {"as torch": partial(deep, 1.0), "root of 6": partial(deep, 6**0.5)},
    lambda seed: split(x.flatten(1), y, seed, validation=300, test=497),
    steps=300, rates=(3e-4, 1e-3, 3e-3), batch=32, every=25))
