import torch
from torch.nn.functional import scaled_dot_product_attention

import dlbook
from dlbook.positional_encoding import positional_encoding

g = torch.Generator().manual_seed(0)
dog, bites, man = torch.randn(3, 8, generator=g)
w = torch.randn(3, 8, 8, generator=g).to(dlbook.device())


def attend(words, positions):
    x = torch.stack(words) + positions
    q, k, v = x.to(w) @ w
    return scaled_dot_product_attention(q[None], k[None], v[None])[0]


encoding = positional_encoding(3, 8)
for kind, positions in [("no positions", 0), ("positions", encoding)]:
    one = attend([dog, bites, man], positions)
    other = attend([man, bites, dog], positions)
    print(kind)
    for row, name in enumerate(["dog", "bites", "man"]):
        same = torch.allclose(one[row], other[2 - row], atol=1e-4)
        print(f"  the same output for {name}: {same}")
