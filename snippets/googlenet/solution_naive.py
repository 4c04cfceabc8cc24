# about a minute
from functools import partial

import torch

import dlbook
from dlbook.datasets import load, pixels
from dlbook.experiment import compare, split
from dlbook.googlenet import SmallGoogLeNet

parts = load("fashion-small")[1:3]
x, y = (torch.cat(both).to(dlbook.device())
        for both in zip(*parts, strict=True))
x = torch.nn.functional.avg_pool2d(pixels(x), 2)  # 14 by 14
naive = (2, 0, 5, 0, 1, 2), (6, 0, 12, 0, 5, 6)
nets = {"with reductions": SmallGoogLeNet,
        "without": partial(SmallGoogLeNet, naive)}
print(compare(nets, lambda seed: split(x, y, seed, validation=400, test=1500),
              steps=300, batch=32, every=50, rates=(3e-3, 1e-2, 3e-2)))
