from functools import partial

import torch

from dlbook.gradient_descent import SGD, Adam, descend
from dlbook.gradient_descent.bowl import best_momentum, bowl

valley = torch.tensor([1.0, 100]).double().diag()
lr, friction, _ = best_momentum(1, 100)
makers = {"plain, best η": partial(SGD, lr=2 / 101),
          "momentum, best η": partial(SGD, lr=lr, momentum=friction)}
for eta in (0.02, 0.1, 0.3, 1):
    makers[f"Adam, η = {eta}"] = partial(Adam, lr=eta)
quarter = torch.tensor([[1.0, -1], [1, 1]]).double() / 2**0.5
turned = quarter @ valley @ quarter.T  # by 45 degrees
both = bowl(torch.block_diag(valley, turned))  # two walks in one
ones = torch.ones(2).double()
start = torch.cat([ones, quarter @ ones])
for name, maker in makers.items():
    along, across = descend(both, start, maker, steps=2000).split(2, 1)
    far = bowl(valley)(along) > 1e-4, bowl(turned)(across) > 1e-4
    steps = [at.nonzero().max().item() + 1 for at in far]
    print(f"{name:16}: {steps[0]:4} steps, turned {steps[1]:4} steps")
