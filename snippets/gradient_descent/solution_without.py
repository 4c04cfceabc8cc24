import torch

from dlbook.data import petals

x, y = petals()
error = 1.1 * (x - x.mean()) + 0.3 - y
each = 2 * torch.stack([error * (x - x.mean()), error], 1)
spread = (each - each.mean(0)).square().sum(1).mean()
g = torch.Generator().manual_seed(0)
for size in [1, 15, 75, 135, 150]:
    picks = torch.rand(20000, 150, generator=g).argsort(1)[:, :size]
    off = each[picks].mean(1) - each.mean(0)
    ratio = off.square().sum(1).mean() * size / spread
    print(f"B = {size:3}: {ratio:.2f} of spread/B,",
          f"formula {(150 - size) / 149:.2f}")
