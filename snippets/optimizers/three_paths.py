from functools import partial

import matplotlib.pyplot as plt
import torch

from dlbook.data import petals
from dlbook.gradient_descent import SGD, Adam, descend
from dlbook.gradient_descent.bowl import line_loss

loss = line_loss(*petals())
start = torch.tensor([1.0, -1.5]).double()
grid = [torch.linspace(0.0, 1.2, 50), torch.linspace(-2.1, 0.4, 50)]
height = loss(torch.cartesian_prod(*grid)).log().reshape(50, 50).T
fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.7), sharey=True)
makers = {"plain": partial(SGD, lr=0.045),
          "momentum 0.8": partial(SGD, lr=0.045, momentum=0.8),
          "Adam": partial(Adam, lr=0.1)}
for ax, (name, maker) in zip(axes, makers.items(), strict=True):
    path = descend(loss, start, maker, steps=60)
    ax.contour(*grid, height, 10, colors="0.6", linestyles="-")
    ax.plot(*path.T, ".-", color="C1", lw=1, ms=3)
    ax.set(title=name, xlabel="w", xlim=(0, 1.2), ylim=(-2.1, 0.4))
    print(f"{name:12}: loss after 60 steps {loss(path[-1]).item():.3f}")
axes[0].set_ylabel("b")
plt.show()
