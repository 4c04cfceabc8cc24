from functools import partial

import matplotlib.pyplot as plt
import torch

from dlbook.data import petals
from dlbook.gradient_descent import SGD, descend

x, y = petals()
x = x - x.mean()
start = torch.tensor([1.1, 0.3]).double()
fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.4), sharey=True)
for ax, size in zip(axes, [150, 15, 1], strict=True):
    g = torch.Generator().manual_seed(0)

    def loss(p, size=size, g=g):
        batch = torch.randperm(150, generator=g)[:size]
        return (p[0] * x[batch] + p[1] - y[batch]).square().mean()

    path = descend(loss, start, partial(SGD, lr=0.05), steps=100)
    ax.plot(*path.T, ".-", lw=0.8, ms=3)
    ax.plot((x * y).mean() / (x * x).mean(), y.mean(), "*C1", ms=9)
    ax.set(title=f"B = {size}", xlabel="w")
axes[0].set_ylabel("b")
plt.show()
