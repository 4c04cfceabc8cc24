import torch

import dlbook
from dlbook.attention import attention

g = torch.Generator().manual_seed(0)
query, key, value = (
    torch.randn(6, 8, generator=g).double().to(dlbook.device())
    for _ in range(3))
order = torch.tensor([3, 0, 5, 1, 4, 2])
y = attention(query, key, value)
for name, result, expected in [
    ("queries", attention(query[order], key, value), y[order]),
    ("keys and values", attention(query, key[order], value[order]), y),
    ("keys only", attention(query, key[order], value), y),
]:
    print(f"shuffle the {name:15} as expected:", result.allclose(expected))
