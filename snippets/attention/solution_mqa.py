import torch
from torch.nn.functional import scaled_dot_product_attention

from dlbook.attention import attention

g = torch.Generator().manual_seed(0)
query = torch.randn(2, 8, 5, 16, generator=g)  # texts, heads, words, d_k
for kept in (8, 2, 1):  # heads that have keys and values of their own
    key, value = torch.randn(2, 2, kept, 5, 16, generator=g)
    groups = query.unflatten(1, (kept, 8 // kept))
    y = attention(groups, key[:, :, None], value[:, :, None]).flatten(1, 2)
    theirs = scaled_dot_product_attention(query, key, value, enable_gqa=True)
    print(f"{kept} of 8: cache {2 * kept * 16} numbers per word,",
          "equals torch's:", torch.allclose(y, theirs, atol=1e-6))
