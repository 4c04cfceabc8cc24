import torch
from torch.nn.functional import scaled_dot_product_attention

g = torch.Generator().manual_seed(0)
start, a, b = torch.randn(3, 8, generator=g)
w = torch.randn(3, 8, 8, generator=g)
for causal in (False, True):
    last = []
    for words in ([start, a, b, b], [start, b, a, b]):
        x = torch.stack(words)
        for _ in range(2):  # two layers
            q, k, v = x @ w
            y = scaled_dot_product_attention(
                q[None], k[None], v[None], is_causal=causal
            )
            x = x + y[0]
        last.append(x[-1])
    same = torch.allclose(*last, atol=1e-4)
    print(f"causal mask {causal}: last output the same: {same}")
