from functools import partial

import torch

from dlbook.gradient_descent import SGD, descend


def loss(w):
    return w**4 - 2 * w**2 + 0.5 * w


for start in (-1.5, 0.1, 0.2, 1.5):
    for momentum in (0, 0.9):
        maker = partial(SGD, lr=0.05, momentum=momentum)
        w = torch.tensor(start, dtype=torch.float64)
        end = descend(loss, w, maker, steps=500)[-1]
        print(f"from {start:4}, momentum {momentum:3}: w = {end:.2f},",
              f"loss {loss(end):.2f}")
