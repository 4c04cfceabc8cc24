from torch import nn

from dlbook.data import digits
from dlbook.experiment import compare, split

x, y = digits()


def linear():
    return nn.Linear(64, 10)


def hidden():
    return nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))


print(compare(
    {"linear": linear, "hidden": hidden},
    lambda seed: split(x.flatten(1), y, seed),
    steps=600,
))
