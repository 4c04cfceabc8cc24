import torch

from dlbook.transformer import EncoderLayer

g = torch.Generator().manual_seed(0)
layer = EncoderLayer(64, 4, 256, generator=g)
x = torch.randn(5, 64, generator=g)
other = x.clone()
other[2] = 0  # another word in the middle
for name in "attention", "feed":
    part = getattr(layer, name)
    moved = (part(x) != part(other)).any(-1)
    count = sum(p.numel() for p in part.parameters())
    print(f"{name:9} words that notice {moved.int().tolist()}"
          f"  parameters {count:,}")
