import torch
from torch.nn.attention.bias import causal_lower_right
from torch.nn.functional import scaled_dot_product_attention as sdpa

from dlbook.attention_at_scale import last_rows

g = torch.Generator().manual_seed(0)
q, k, v = torch.randn(3, 1, 1, 5, 8, generator=g)
whole = sdpa(q, k, v, is_causal=True)  # five queries, five keys
for new in (1, 2):
    part, right = q[:, :, -new:], whole[:, :, -new:]
    ways = {"is_causal": sdpa(part, k, v, is_causal=True),
            "no mask": sdpa(part, k, v),
            "last_rows": sdpa(part, k, v, last_rows(new, 5)),
            "lower_right": sdpa(part, k, v, causal_lower_right(new, 5))}
    found = [f"{way} {y.allclose(right)}" for way, y in ways.items()]
    print(f"{new} new:", ", ".join(found))
    first = ways["is_causal"][0, 0, 0]
    print("its first new word got value 0:", first.equal(v[0, 0, 0]))
