from functools import partial

import torch

from dlbook.gradient_descent import SGD, Adam, descend
from dlbook.gradient_descent.bowl import best_momentum, bowl

lr, friction, _ = best_momentum(1, 100)
makers = {"plain": partial(SGD, lr=2 / 101),
          "momentum": partial(SGD, lr=lr, momentum=friction),
          "Adam": partial(Adam, lr=0.02)}
for name, maker in makers.items():
    print(f"{name:8}", end="")
    for degrees in (0, 45):
        angle = torch.tensor(degrees).double().deg2rad()
        sin, cos = angle.sin(), angle.cos()
        turn = torch.stack([cos, -sin, sin, cos]).reshape(2, 2)
        loss = bowl(turn @ torch.tensor([1.0, 100]).double().diag() @ turn.T)
        start = turn @ torch.ones(2).double()
        path = descend(loss, start, maker, steps=1600)
        late = (loss(path) > 1e-4).nonzero().max() + 1
        print(f", {degrees:2} degrees: {late:4} steps", end="")
    print()
