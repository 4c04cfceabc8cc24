# about a minute
import torch
from torch import nn

import dlbook
from dlbook.data import digits
from dlbook.experiment import Competitor, compare, split
from dlbook.training.recipes import constant, one_cycle, warm_up

x, y = (t.to(dlbook.device()) for t in digits())


def make():
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 64), nn.ReLU(),
                         nn.Linear(64, 10))


result = compare(
    {f.__name__: Competitor(make, how={"schedule": f})
     for f in (constant, warm_up, one_cycle)},
    lambda seed: split(x, y, seed=seed, validation=300, test=797),
    steps=660, batch=32, every=44, optimizer=torch.optim.SGD,
    rates=(0.1, 0.3, 1.0, 3.0), take="last", against="constant")
print(result)
