# --8<-- [start:nets]
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

net, soft = partial(LeNet, pool=nn.AvgPool2d), partial(nn.Softmax, 1)
first = partial(net, activation=soft, dense_activation=nn.ReLU)
nets = {"ReLU": net, "softmax in features": first,
        "softmax everywhere": partial(net, activation=soft)}
for name, make in nets.items():
    start = make(generator=torch.Generator().manual_seed(0)).to(x.device)
    spread = start(pixels(x)).std(0).mean()
    print(f"{name:20} scores differ between pictures by {spread:.1e}")
# --8<-- [end:nets]


# --8<-- [start:compare]
# about a minute and a half
print(compare(
    nets, lambda seed: split(pixels(x), y, seed, validation=400, test=1500),
    steps=300, seeds=range(8), rates=(3e-3, 1e-2), batch=16, every=50,
    against="ReLU", together=False))
# --8<-- [end:compare]
