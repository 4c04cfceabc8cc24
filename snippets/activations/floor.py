# --8<-- [start:best]
from itertools import pairwise

import torch

import dlbook
from dlbook.data import digits

images, labels = digits()
x = images.flatten(1).double().to(dlbook.device())
x = x - x.mean(0)
odd = 2.0 * (labels.to(x) % 2) - 1  # 1 for odd, -1 for even

inputs = torch.cat([x, torch.ones_like(x[:, :1])], 1)
best = inputs @ (torch.linalg.pinv(inputs) @ odd)
floor = (best - odd).square().mean().item()
print(f"the best single layer: mean squared error {floor:.3f},", end=" ")
print(f"{100 * (best * odd < 0).double().mean():.1f} % wrong")
# --8<-- [end:best]


# --8<-- [start:train]
def train(activation, gain, seeds=5, steps=120):
    """Five networks of four layers at once; the error at each step."""
    g = torch.Generator().manual_seed(0)
    sizes, layers = [64, 24, 24, 24, 1], []
    for n_in, n_out in pairwise(sizes):
        w = torch.randn(seeds, n_out, n_in, dtype=x.dtype, generator=g)
        w = (w * (gain / n_in) ** 0.5).to(x.device).requires_grad_()
        b = torch.zeros(seeds, 1, n_out).to(w).requires_grad_()
        layers.append((w, b))
    step = torch.optim.Adam([p for layer in layers for p in layer], lr=0.01)
    errors = []
    for _ in range(steps):
        h = x
        for i, (w, b) in enumerate(layers):
            h = h @ w.mT + b
            h = activation(h) if i < 3 else h.squeeze(-1)
        errors.append((h - odd).square().mean(1))
        step.zero_grad()
        errors[-1].sum().backward()
        step.step()
    return torch.stack(errors).detach().cpu(), (h * odd < 0).double().mean(1)
# --8<-- [end:train]


# --8<-- [start:plot]
import matplotlib.pyplot as plt

from dlbook.activations import relu

plt.figure(figsize=(5.5, 2.7))
kinds = {"none": (lambda h: h, 1, "C1"), "ReLU": (relu, 2, "C0")}
for name, (activation, gain, color) in kinds.items():
    errors, wrong = train(activation, gain)
    low, high = errors[-1].min(), errors[-1].max()
    print(f"{name}: {low:.3f} to {high:.3f} at the end,", end=" ")
    print(f"{100 * wrong.min():.1f} to {100 * wrong.max():.1f} % wrong")
    print("   ever below the floor:", bool((errors < floor).any()))
    plt.semilogy(errors.numpy(), color=color, lw=1)
    plt.plot([], [], color=color, label=name)
plt.axhline(floor, ls="--", color="0.5", label="the best single layer")
plt.legend()
plt.gca().set(xlabel="step", ylabel="mean squared error")
plt.show()
# --8<-- [end:plot]
