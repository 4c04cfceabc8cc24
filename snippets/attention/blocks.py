import torch

import dlbook
from dlbook.attention import attention
from dlbook.attention_blocks import attention_in_blocks

g = torch.Generator().manual_seed(0)
query, key, value = (
    torch.randn(4, 1000, 32, generator=g).double().to(dlbook.device())
    for _ in range(3))
whole = attention(query, key, value)
for block in (1, 64, 300, 1000):
    y = attention_in_blocks(query, key, value, block=block)
    print(f"blocks of {block:4}: {query[..., 0].numel() * block:9,} scores"
          f" at a time, equal: {y.allclose(whole)}")
