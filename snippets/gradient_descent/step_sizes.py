from functools import partial

import matplotlib.pyplot as plt
import torch

from dlbook.data import petals
from dlbook.gradient_descent import SGD, descend
from dlbook.gradient_descent.bowl import line_loss

x, y = petals()  # x is centred below: so the bowl lies along the axes
loss, start = line_loss(x - x.mean(), y), torch.tensor([1.1, 0.3]).double()
grid = [torch.linspace(-0.3, 1.2, 50), torch.linspace(0.1, 2.3, 50)]
height = loss(torch.cartesian_prod(*grid)).sqrt().reshape(50, 50).T
fig, axes = plt.subplots(2, 3, figsize=(5.5, 4))
rates = [0.02, 0.1, 0.24, 0.31, 0.33]
for i, (ax, lr) in enumerate(zip(axes.flat, rates, strict=False)):
    path = descend(loss, start, partial(SGD, lr=lr), steps=25)
    ax.contour(*grid, height, 9, colors="0.6", linewidths=1)
    ax.plot(*path.T, ".-", color=f"C{i}", lw=1)
    ax.set(title=f"η = {lr}", xlabel="w", ylabel="b" if i % 3 == 0 else "",
           xlim=(-0.3, 1.2), ylim=(0.1, 2.3))
    axes[1, 2].semilogy(loss(path), color=f"C{i}")
    print(f"learning rate {lr}: loss {loss(path[-1]).item():.2f}")
axes[1, 2].set(title="loss", xlabel="step")
plt.show()
