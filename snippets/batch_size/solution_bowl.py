import torch

bend, rate, v = 2.0, 0.3, 4.0  # L = w² bend / 2 at w = 1, so L = 1
rng = torch.Generator().manual_seed(0)
for batch in (1, 4, 16):
    noise = v**0.5 * torch.randn(100_000, batch, generator=rng)
    g = bend + noise.mean(1)
    change = bend / 2 * ((1 - rate * g) ** 2 - 1)
    formula = -rate * bend**2 + rate**2 / 2 * bend * (bend**2 + v / batch)
    print(f"B = {batch:2}: measured {change.mean():.2f},"
          f" formula {formula:.2f}")
