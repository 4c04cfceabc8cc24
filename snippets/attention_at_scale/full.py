import torch

from dlbook.attention_at_scale import KeyValueCache

cache = KeyValueCache(longest=3, heads=2, d_k=4)
row = torch.ones(1, 2, 1, 4)
for _ in range(4):
    cache.append(row, row)
