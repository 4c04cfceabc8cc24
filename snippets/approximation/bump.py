import matplotlib.pyplot as plt
import torch

from dlbook.approximation import bumps

x = torch.linspace(0, 1, 201, dtype=torch.float64)
fig, axes = plt.subplots(1, 3, figsize=(5.5, 2), sharey=True)
for s in (10, 50, 500):
    axes[0].plot(x, torch.sigmoid(s * (x - 0.4)), label=f"s = {s}")
axes[0].legend(fontsize=8, loc="lower right")
axes[0].set_title("1 unit: a step")

edges = torch.tensor([0.4, 0.6]).double()
one = bumps(edges, torch.tensor([0.8]).double(), 500)
axes[1].plot(x, one(x[:, None]).detach())
axes[1].set_title("2 units: a bump")

edges = torch.linspace(0, 1, 6).double()
heights = torch.tensor([0.3, 0.9, 0.5, 0.1, 0.6]).double()
five = bumps(edges, heights, 500)
axes[2].plot(x, five(x[:, None]).detach())
axes[2].set_title("10 units")
for ax in axes:
    ax.set_xlabel("x")
plt.show()
