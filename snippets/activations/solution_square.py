import torch

from dlbook.activations import relu

g = torch.Generator().manual_seed(0)
x = torch.linspace(-3, 3, 301, dtype=torch.float64)[:, None]
target = torch.sin(2 * x)
for units in (3, 10, 100):
    w, b = torch.randn(2, 1, units, dtype=torch.float64, generator=g)
    print(f"{units:3} units:", end=" ")
    for name, bend in (("square", torch.square), ("ReLU", relu)):
        h = torch.cat([bend(x * w + b), torch.ones_like(x)], 1)
        fit = h @ (torch.linalg.pinv(h, rtol=1e-10) @ target)
        error = (fit - target).square().mean()
        print(f"{name} {error:.3f}", end="   ")
    print()
