import torch
from torch.nn.functional import leaky_relu

for alpha in (0.0, 0.1, 0.5, 1.0):
    g = torch.Generator().manual_seed(0)
    gain, factors = 2 / (1 + alpha**2), []
    for _ in range(20):  # networks
        h = torch.randn(100, 64, dtype=torch.float64, generator=g)
        start = h.square().mean()
        for _ in range(20):
            w = torch.randn(64, 64, dtype=torch.float64, generator=g)
            h = leaky_relu(h @ w * (gain / 64) ** 0.5, alpha)
        factors.append((h.square().mean() / start) ** (1 / 20))
    factor = torch.stack(factors).mean()
    print(f"leak {alpha}: variance {gain:.2f}/n, {factor:.1f} per layer")
