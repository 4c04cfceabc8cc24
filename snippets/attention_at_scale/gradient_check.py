import torch

from dlbook.attention import attention
from dlbook.attention.gradient import attention_gradient

g = torch.Generator().manual_seed(0)
inputs = [torch.randn(2, n, d, generator=g, dtype=torch.float64)
          for n, d in [(3, 4), (5, 4), (5, 6)]]
may_look = torch.rand(3, 5, generator=g) < 0.7
grad_y = torch.randn(2, 3, 6, generator=g, dtype=torch.float64)
slopes = attention_gradient(grad_y, *inputs, may_look)
for i, name in enumerate(["dQ", "dK", "dV"]):
    h = 1e-6 * torch.randn(inputs[i].shape, generator=g)  # a small step
    up, down = ((grad_y * attention(*inputs[:i], inputs[i] + step,
                                    *inputs[i + 1:], may_look)).sum()
                for step in (h, -h))
    print(name, "equals finite differences:",
          ((slopes[i] * h).sum()).allclose((up - down) / 2, atol=0))
