from functools import partial

import torch

from dlbook.data import petals
from dlbook.gradient_descent import SGD, descend

x, y = petals()
x = x - x.mean()


def loss(p):
    return (p[..., :1] * x + p[..., 1:] - y).abs().mean(-1)


start = torch.tensor([1.1, 0.3]).double()
for lr in (1.0, 0.1, 0.01):
    path = descend(loss, start, partial(SGD, lr=lr), steps=2000)
    late = loss(path[-100:])
    print(f"η = {lr:4}: the last losses spread over",
          f"{(late.max() - late.min()).item():.0e}")
