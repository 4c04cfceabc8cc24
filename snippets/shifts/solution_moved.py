# about ten seconds
import torch
from torch import nn

import dlbook
from dlbook.data import digits
from dlbook.experiment import compare, split

x, y = (t.to(dlbook.device()) for t in digits())
g = torch.Generator().manual_seed(0)
by = torch.randint(-2, 3, (len(x),), generator=g).tolist()
moved = torch.stack([nn.functional.pad(z, (2 + t, 2 - t, 2, 2))
                     for z, t in zip(x, by, strict=True)])


def network(stride, *pool):
    return lambda: nn.Sequential(
        nn.Conv2d(1, 8, 3, stride, padding=1), nn.ReLU(), *pool,
        nn.Conv2d(8, 16, 3, stride, padding=1), nn.ReLU(), *pool,
        nn.Flatten(), nn.Linear(144, 10))


nets = {"strided": network(2), "max": network(1, nn.MaxPool2d(2))}
print(compare(nets, lambda seed: split(moved, y, seed), steps=600,
              rates=(3e-3, 1e-2)))
