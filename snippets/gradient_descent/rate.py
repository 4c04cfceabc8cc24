from functools import partial

import matplotlib.pyplot as plt
import torch

from dlbook.data import petals
from dlbook.gradient_descent import SGD, descend
from dlbook.gradient_descent.bowl import line_loss

x, y = petals()
x = x - x.mean()
loss, steps = line_loss(x, y), torch.arange(21)
low = loss(torch.tensor([(x * y).mean() / (x * x).mean(), y.mean()]))
curvature = torch.tensor([2 * (x * x).mean(), 2])
print("curvatures:", [f"{value:.2f}" for value in curvature])
start = torch.tensor([1.1, 0.3]).double()
for i, lr in enumerate([0.02, 0.1, 0.24, 0.31, 0.33]):
    gap = loss(descend(loss, start, partial(SGD, lr=lr), steps=20)) - low
    factor = (1 - lr * curvature).abs().max()
    plt.semilogy(gap, ".", color=f"C{i}")
    plt.semilogy(gap[0] * factor ** (2 * steps), f"C{i}", label=f"η = {lr}")
    print(f"learning rate {lr}: factor {factor:.2f}")
plt.gca().set(xlabel="step", ylabel="gap in loss", xticks=steps[::5])
plt.legend()
plt.show()
