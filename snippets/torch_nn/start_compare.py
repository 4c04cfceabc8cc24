# about a minute
from functools import partial

import torch

import dlbook
from dlbook.datasets import load, pixels
from dlbook.experiment import compare, split
from dlbook.lenet import LeNet

x, y = (torch.cat(both).to(dlbook.device())
        for both in zip(*load("fashion-small")[1:3], strict=True))


def lenet(times, generator):
    net = LeNet(generator=generator)  # starts as torch does
    for weight in net.parameters():
        weight.data *= times if weight.ndim > 1 else 1
    return net


print(compare(
    {"as torch": partial(lenet, 1.0), "root of 6": partial(lenet, 6**0.5)},
    lambda seed: split(pixels(x), y, seed, validation=400, test=1500),
    steps=200, rates=(1e-3, 3e-3), batch=32, every=50, together=False))
