from functools import partial

import torch

from dlbook.gradient_descent import SGD, descend


def loss(w):
    return 3 * (w - 2) ** 2


start = torch.tensor(0.0).double()
for lr in (1 / 12, 1 / 6, 1 / 4, 1 / 3, 0.35):
    path = descend(loss, start, partial(SGD, lr=lr), steps=6)
    print(f"η = {lr:.3f}:", *(f"{w:.2f}" for w in path))
