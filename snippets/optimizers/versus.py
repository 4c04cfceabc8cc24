# --8<-- [start:data]
import torch
from torch import nn, optim

from dlbook.data import digits
from dlbook.experiment import Competitor, Data, Part, compare

x, y = digits()


def make():
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 64), nn.ReLU(),
                         nn.Linear(64, 10))


def few(seed):
    """300 digits to learn from, 60 of them with labels drawn by chance."""
    g = torch.Generator().manual_seed(seed)
    a, b, c = torch.randperm(1797, generator=g).split([300, 500, 997])
    labels = y[a].clone()
    labels[:60] = torch.randint(10, (60,), generator=g)
    return Data(Part(x[a], labels), Part(x[b], y[b]), Part(x[c], y[c]))
# --8<-- [end:data]


# --8<-- [start:compare]
# about twenty seconds
def decayed(optimizer, *grid):
    return Competitor(make, settings={"weight_decay": grid},
                      how={"optimizer": optimizer})


result = compare(
    {"Adam": Competitor(make, how={"optimizer": optim.Adam}),
     "Adam, L2": decayed(optim.Adam, 0.001, 0.003, 0.01, 0.03, 0.1),
     "AdamW": decayed(optim.AdamW, 0.1, 0.3, 1.0, 3.0, 10.0)},
    few, steps=2400, batch=32, every=200, take="last",
    rates=(3e-4, 0.001, 0.003, 0.01))
print(result)
# --8<-- [end:compare]
