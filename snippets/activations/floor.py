# --8<-- [start:best]
import torch

import dlbook
from dlbook.data import digits

images, labels = digits()
x = images.flatten(1).double().to(dlbook.device())
x = x - x.mean(0)
odd = 2.0 * (labels.to(x) % 2) - 1  # 1 for odd, -1 for even


def report(name, h):
    """The best layer on top of these numbers, in mean squared error."""
    inputs = torch.cat([h, torch.ones_like(h[:, :1])], 1)
    best = inputs @ (torch.linalg.pinv(inputs, rtol=1e-9) @ odd)
    error = (best - odd).square().mean().item()
    wrong = 100 * (best * odd < 0).double().mean()
    print(f"{name}: mean squared error {error:.3f}, {wrong:.1f} % wrong")


report("one layer", x)
# --8<-- [end:best]


# --8<-- [start:deep]
from dlbook.activations import relu

for name, activation in {"none": lambda z: z, "ReLU": relu}.items():
    for seed in range(3):
        g, h = torch.Generator().manual_seed(seed), x
        for _ in range(3):  # three layers of 256 units, random weights
            w = torch.randn(h.shape[1], 256, dtype=x.dtype, generator=g)
            h = activation(h @ w.to(x.device) / h.shape[1] ** 0.5)
        report(f"four layers, activation {name}, seed {seed}", h)
# --8<-- [end:deep]
