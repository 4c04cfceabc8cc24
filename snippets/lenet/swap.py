# about a minute and a half
from functools import partial

import torch
from torch import nn

import dlbook
from dlbook.datasets import load, pixels
from dlbook.experiment import compare, split
from dlbook.lenet import LeNet

parts = load("fashion-small")[1:3]  # to train and to test on
x, y = (torch.cat(both).to(dlbook.device())
        for both in zip(*parts, strict=True))

bends = {"ReLU": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}
pools = {"max": nn.MaxPool2d, "average": nn.AvgPool2d}
nets = {f"{bend}, {pool}": partial(LeNet, activation=bends[bend],
                                   pool=pools[pool])
        for bend in bends for pool in pools}
print(compare(
    nets, lambda seed: split(pixels(x), y, seed, validation=400, test=1500),
    steps=200, rates=(3e-3, 1e-2), batch=16, every=50, against="ReLU, max",
    together=False))
