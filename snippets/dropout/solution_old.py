import torch

from dlbook.dropout import draw_mask

rng, p = torch.Generator().manual_seed(0), 0.5
x, y = (torch.randn(64, n, generator=rng).double() for n in (6, 1))
new = torch.randn(6, 1, generator=rng).double()
old = new / (1 - p)
for _ in range(100):
    m = draw_mask(x.shape, p, rng, dtype=x.dtype)
    for w, h, rate in (new, m / (1 - p) * x, 0.05), (old, m * x, 0.2):
        w -= rate * h.T @ (h @ w - y) / 64  # plain SGD
print("tested alike:", torch.allclose(x @ new, x @ (old * (1 - p))))
print(f"weights: {new.norm() / old.norm():.2f} of the old ones")
