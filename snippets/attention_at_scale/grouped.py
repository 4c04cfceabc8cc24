import torch
from torch.nn.functional import scaled_dot_product_attention

import dlbook
from dlbook.attention_at_scale import GroupedAttention

g = torch.Generator().manual_seed(0)
x = torch.randn(2, 6, 128, generator=g).to(dlbook.device())
print("of 8 heads  cache, numbers a word  parameters  equals torch's")
for kept in (8, 2, 1):  # heads that have keys and values of their own
    layer = GroupedAttention(128, 8, kept, generator=g).to(x.device)
    q, k, v = (part(x).unflatten(2, (-1, 16)).transpose(1, 2)
               for part in (layer.query, layer.key, layer.value))
    y = scaled_dot_product_attention(
        q, k, v, is_causal=True, enable_gqa=True)
    theirs = layer.output(y.transpose(1, 2).flatten(2))
    many = sum(p.numel() for p in layer.parameters())
    print(f"{kept:10}{2 * kept * 16:22}{many:12,}   ",
          torch.allclose(layer(x), theirs, atol=1e-5))
