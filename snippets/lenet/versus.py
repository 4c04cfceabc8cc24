# about a minute
from functools import partial

import torch
from torch import nn

import dlbook
from dlbook.datasets import load, pixels
from dlbook.experiment import compare, split
from dlbook.lenet import LeNet, LeNet1998

parts = load("fashion-small")[1:3]  # to train and to test on
x, y = (torch.cat(both).to(dlbook.device())
        for both in zip(*parts, strict=True))

nets = {
    "1998": LeNet1998,
    "tanh, average": partial(LeNet, activation=nn.Tanh, pool=nn.AvgPool2d),
    "ReLU, max": LeNet,
}
print(compare(
    nets, lambda seed: split(pixels(x), y, seed, validation=400, test=1500),
    steps=200, rates=(1e-3, 3e-3), batch=16, every=50, against="1998",
    together=False))
