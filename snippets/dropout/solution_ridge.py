from itertools import product

import torch

from dlbook.dropout import apply_mask

rng = torch.Generator().manual_seed(0)
h, w = (torch.randn(8, generator=rng).double() for _ in "hw")
p, target, mean = 0.3, 1.0, 0
for m in product([0, 1], repeat=8):
    chance = p ** m.count(0) * (1 - p) ** m.count(1)
    error = target - apply_mask(h, torch.tensor(m).double(), p) @ w
    mean = mean + chance * error**2
alone = (target - h @ w) ** 2
penalty = p / (1 - p) * (w**2 * h**2).sum()
print(f"mean over all masks {mean:.4f}")
print(f"without dropout {alone:.4f}, penalty {penalty:.4f},"
      f" together {alone + penalty:.4f}")
