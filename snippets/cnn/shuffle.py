# --8<-- [start:mix]
import torch
from torch import nn
from torch.nn.functional import pad

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.fully_connected import MLP

x, y = (t.to(dlbook.device()) for t in digits())
g = torch.Generator().manual_seed(0)
by = torch.randint(-2, 3, (len(x), 2), generator=g).tolist()
moved = torch.stack([pad(z, (2 + j, 2 - j, 2 + i, 2 - i))
                     for z, (i, j) in zip(x, by, strict=True)])
place = torch.randperm(144, generator=g)
mixed = moved.flatten(1)[:, place].reshape(moved.shape)  # all images alike
# --8<-- [end:mix]


# --8<-- [start:compare]
# about a minute
from dlbook.experiment import compare, split

shape, layers = (1, 12, 12), {"conv": nn.Conv2d, "pool": nn.MaxPool2d}


def cnn(generator):
    return CNN(shape, [8, 16], [10], generator=generator, **layers)


def dense(width):
    return lambda generator: nn.Sequential(
        nn.Flatten(), MLP([144, width, 10], generator=generator))


nets = {"CNN": cnn} | {f"dense {w}": dense(w) for w in (17, 345)}
print(compare(nets, lambda seed: split(mixed, y, seed), steps=1000,
              seeds=range(10), rates=(3e-3, 1e-2), against="CNN"))
# --8<-- [end:compare]
