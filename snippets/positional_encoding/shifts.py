import torch

from dlbook.positional_encoding import shift_matrix, sinusoids

print(shift_matrix(1, 4).round(decimals=4))

g = torch.Generator().manual_seed(0)
worst = 0.0
for _ in range(1000):
    p, k = torch.randint(-5000, 5000, (2,), generator=g)
    here, there = sinusoids(torch.stack([p, p + k]), 64, dtype=torch.float64)
    moved = shift_matrix(k.item(), 64) @ here
    worst = max(worst, (moved - there).abs().max().item())
print("1000 random shifts agree to 1e-11:", worst < 1e-11)
