from functools import partial

import matplotlib.pyplot as plt
import torch

from dlbook.gradient_descent import SGD, descend


def loss(p):
    return (p[..., 0] * p[..., 1] - 1).square()


grid = torch.linspace(-2, 2, 60).double()
product = grid[:, None] * grid
plt.figure(figsize=(4.2, 4)).gca().set(xlabel="v", ylabel="w")
levels = [0.13, 0.57, 1.3, 2.9, 5.3, 9]
plt.contour(grid, grid, (product - 1) ** 2, levels, colors="0.6")
plt.contour(grid, grid, product, [1], colors="C5", linestyles=":")
for v, w in [(1.8, -0.6), (-1, -1.7), (-1, 1.01), (-1, 0.99), (-1, 1)]:
    start = torch.tensor([v, w]).double()
    path = descend(loss, start, partial(SGD, lr=0.05), steps=200)
    plt.plot(*path.T, ".-", lw=1, ms=3)
    end = [round(value, 1) + 0.0 for value in path[-1].tolist()]
    print(f"from {(v, w)} to {end}, loss {loss(path[-1]):.2f}")
plt.show()
