# --8<-- [start:fit]
import torch
from torch.nn.functional import one_hot

from dlbook.data import petals
from dlbook.losses import cross_entropy

middle, spread = petals().mean(1), petals().std(1)


def rows(x):
    """Length and width in units of their spread, and a 1 for the bias."""
    return torch.cat([(x - middle) / spread, torch.ones(len(x), 1)], 1)


x, species = rows(petals().T), torch.arange(150) // 50
plain = torch.linalg.lstsq(x, one_hot(species, 3).double()).solution
w = torch.zeros(3, 3, dtype=x.dtype, requires_grad=True)
for _ in range(3000):
    (slope,) = torch.autograd.grad(cross_entropy(x @ w, species), w)
    w.data -= 0.5 * slope
fits = {"plain regression": plain, "softmax": w.detach()}
# --8<-- [end:fit]


# --8<-- [start:count]
for name, weights in fits.items():
    wrong = ((x @ weights).argmax(1) != species).reshape(3, 50).sum(1)
    print(f"{name}: wrong of 50, by species:", *wrong.tolist())
large = torch.tensor([[7.0, 3.0]], dtype=x.dtype)  # centimetres
for name, said in [("plain", rows(large) @ plain),
                   ("softmax", (rows(large) @ w).softmax(1))]:
    print(f"a large flower, {name}:", *(f"{v:.2f}" for v in said[0]))
outside = ((x @ plain < 0) | (x @ plain > 1)).any(1).sum()
print("flowers with a plain output below 0 or above 1:", outside.item())
# --8<-- [end:count]


# --8<-- [start:draw]
import matplotlib.pyplot as plt

lengths, widths = torch.linspace(0, 8, 161), torch.linspace(0, 3, 121)
grid = rows(torch.cartesian_prod(lengths, widths).double())
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.9), sharey=True)
for ax, (name, weights) in zip(axes, fits.items(), strict=True):
    first = (grid @ weights).argmax(1).reshape(161, 121).T
    for k, mark in enumerate("os^"):
        ax.contourf(lengths, widths, (first == k).double(), [0.5, 1],
                    colors=f"C{k}", alpha=0.3)
        ax.plot(*petals()[:, species == k].numpy(), mark, color=f"C{k}",
                ms=3)
    ax.set(title=name, xlabel="petal length in cm")
axes[0].set(ylabel="petal width in cm")
plt.show()
# --8<-- [end:draw]
