import torch

import dlbook
from dlbook.attention import MultiHeadAttention, causal_mask

g = torch.Generator().manual_seed(0)
layer = MultiHeadAttention(16, 4, generator=g).double().to(dlbook.device())
x = torch.randn(8, 16, generator=g).double().to(dlbook.device())
other = x.clone()
other[5:] = 100  # edit the future of word 4
causal = causal_mask(8, device=x.device)
for name, mask in [("no mask", None), ("causal", causal)]:
    y, edited = layer(x, mask=mask), layer(other, mask=mask)
    x.requires_grad_()
    slopes = torch.autograd.grad(layer(x, mask=mask)[4].sum(), x)[0]
    x.requires_grad_(False)
    print(f"{name:8} outputs 0–4 unchanged: {y[:5].allclose(edited[:5])}",
          " output 4 reads", int((slopes.abs().sum(1) > 0).sum()), "words")
