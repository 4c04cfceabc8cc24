# --8<-- [start:measure]
import torch

from dlbook import backprop
from dlbook.data import digits

images, labels = digits()
x = images.flatten(1).double()


def measure(phi, slope, variance, seed):
    """Sizes of all 30 deltas, and of the factors that the formula gives."""
    g, layers = torch.Generator().manual_seed(seed), []
    for _ in range(30):
        weight = torch.randn(64, 64, generator=g).double()
        bias = torch.zeros(64).double()
        layers.append(backprop.Layer((variance / 64) ** 0.5 * weight, bias))
    zs, _ = backprop.forward(x, layers, phi)
    last = backprop.cross_entropy_delta(zs[-1], labels)
    found = backprop.deltas(last, layers, zs, slope)
    sizes = torch.stack([delta.norm() / last.norm() for delta in found])
    squares = [variance * slope(z).square().mean() for z in zs[:-1]]
    return sizes, torch.stack(squares).sqrt()
# --8<-- [end:measure]


# --8<-- [start:compare]
import matplotlib.pyplot as plt

kinds = {
    "sigmoid": (torch.sigmoid, lambda z: z.sigmoid() * (-z).sigmoid(), 1),
    "tanh": (torch.tanh, lambda z: 1 - z.tanh() ** 2, 1),
    "ReLU": (torch.relu, lambda z: (z > 0).double(), 2),
    "ReLU, variance 4": (torch.relu, lambda z: (z > 0).double(), 4)}
for i, (name, kind) in enumerate(kinds.items()):
    runs = [measure(*kind, seed) for seed in range(3)]
    sizes = torch.stack([run[0] for run in runs])
    plt.semilogy(range(1, 31), sizes.T, color=f"C{i}", lw=1)
    plt.semilogy([], color=f"C{i}", label=name)
    factors = torch.cat([run[1] for run in runs])
    a_layer = sizes[:, 0] ** (1 / 29)
    print(f"{name:16}: per layer {a_layer.min():.2f} to {a_layer.max():.2f},",
          f"formula {factors.log().mean().exp():.2f}")
plt.xlabel("layer l")
plt.ylabel("size of δ, last = 1")
plt.legend()
plt.show()
# --8<-- [end:compare]
