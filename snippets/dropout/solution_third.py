import torch

from dlbook.dropout import dropout

rng = torch.Generator().manual_seed(0)
drawn = dropout(torch.full((1_000_000,), 6.0), 1 / 3, rng)
print("values:", *(round(v, 3) for v in drawn.unique().tolist()))
print(f"mean {drawn.mean():.1f}, variance {drawn.var():.0f}")
