from functools import partial

import matplotlib.pyplot as plt
import torch

from dlbook.data import petals
from dlbook.gradient_descent import SGD, descend
from dlbook.gradient_descent.bowl import line_loss

x, y = petals()
loss = line_loss(x - x.mean(), y)  # centred: along the axes
start = torch.tensor([1.1, 0.3]).double()
grid = [torch.linspace(-0.3, 1.2, 50), torch.linspace(0.1, 2.3, 50)]
height = loss(torch.cartesian_prod(*grid)).sqrt().reshape(50, 50).T
fig, axes = plt.subplots(2, 3, figsize=(5.5, 4))
for i, lr in enumerate([0.02, 0.1, 0.24, 0.31, 0.33]):
    path = descend(loss, start, partial(SGD, lr=lr), steps=25)
    ax = axes.flat[i]
    ax.contour(*grid, height, 9, colors="0.6", linewidths=1)
    ax.plot(*path.T, ".-", color=f"C{i}", lw=1)
    ax.set(title=f"η = {lr}", xlim=(-0.3, 1.2), ylim=(0.1, 2.3))
    axes[1, 2].semilogy(loss(path), color=f"C{i}")
    print(f"learning rate {lr}: loss {loss(path[-1]).item():.2f}")
axes[1, 2].set(title="loss", xlabel="step")
plt.show()
