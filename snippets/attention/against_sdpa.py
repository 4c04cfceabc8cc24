import torch
from torch.nn.functional import scaled_dot_product_attention

import dlbook
from dlbook.attention import attention

g = torch.Generator().manual_seed(0)
query, key, value = (
    torch.randn(2, 4, n, d, generator=g).double().to(dlbook.device())
    for n, d in [(5, 8), (7, 8), (7, 6)])
may_look = torch.rand(2, 1, 5, 7, generator=g) < 0.6
bias = torch.randn(5, 7, generator=g).double()
for name, mask in [("no mask", None), ("boolean", may_look), ("bias", bias)]:
    mask = None if mask is None else mask.to(query.device)
    results = []
    for f in (attention, scaled_dot_product_attention):
        inputs = [x.clone().requires_grad_() for x in (query, key, value)]
        y = f(*inputs, mask)
        slopes = torch.autograd.grad(y.sin().sum(), inputs)
        results.append((y, *slopes))
    same = [torch.allclose(a, b) for a, b in zip(*results, strict=True)]
    print(f"{name:8} {tuple(y.shape)}: output, dQ, dK, dV equal:", *same)
