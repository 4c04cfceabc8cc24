# --8<-- [start:matrix]
from functools import partial

import torch
from torch import nn

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits

x, y = (t.to(dlbook.device()) for t in digits())
pools = {"average": nn.AvgPool2d, "max": nn.MaxPool2d}
ends = {"no activation": nn.Identity, "ReLU": nn.ReLU}
nets = {pool: {end: partial(CNN, (1, 8, 8), [8, 16], [10], conv=nn.Conv2d,
                            pool=pools[pool], activation=ends[end])
               for end in ends} for pool in pools}
for pool, pair in nets.items():
    for end, make in pair.items():
        net = make(generator=torch.Generator().manual_seed(0)).to(x)
        rest = net(torch.zeros_like(x[:1]))  # scores without any ink
        matrix = net(torch.eye(64).to(x).reshape(64, 1, 8, 8)) - rest
        scores = x.flatten(1) @ matrix + rest
        one = torch.allclose(scores, net(x), atol=1e-5)
        print(f"{pool + ' pooling, ' + end:30} one matrix: {one}")
# --8<-- [end:matrix]


# --8<-- [start:compare]
# about half a minute
from dlbook.experiment import compare, split

for pool, pair in nets.items():
    print(f"{pool} pooling:")
    print(compare(pair, lambda seed: split(x, y, seed), steps=1000,
                  rates=(3e-3, 1e-2)))
# --8<-- [end:compare]
