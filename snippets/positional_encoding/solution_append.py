import torch

from dlbook.positional_encoding import positional_encoding

g = torch.Generator().manual_seed(0)
x, w, other = torch.randn(3, 8, 8, generator=g)
code = positional_encoding(8, 8)
beside = torch.cat([x, code], 1)
two = beside @ torch.cat([w, other])
print("a sum of two:", torch.allclose(two, x @ w + code @ other, atol=1e-5))
one = beside @ torch.cat([w, w])
print("equal blocks add:", torch.allclose(one, (x + code) @ w, atol=1e-5))
