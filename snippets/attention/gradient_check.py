import torch

from dlbook.attention import attention
from dlbook.attention_gradient import attention_gradient

g = torch.Generator().manual_seed(0)
inputs = [torch.randn(2, n, d, generator=g, dtype=torch.float64)
          for n, d in [(3, 4), (5, 4), (5, 6)]]
may_look = torch.rand(3, 5, generator=g) < 0.7
grad_y = torch.randn(2, 3, 6, generator=g, dtype=torch.float64)


def moved(i, step):
    changed = [*inputs[:i], inputs[i] + step, *inputs[i + 1:]]
    return (grad_y * attention(*changed, may_look)).sum()


slopes, h = attention_gradient(grad_y, *inputs, may_look), 1e-6
for i, name in enumerate(["dQ", "dK", "dV"]):
    nudged = torch.zeros_like(inputs[i])
    for at in range(nudged.numel()):  # one number a little up, and down
        step = torch.zeros_like(nudged)
        step.view(-1)[at] = h
        nudged.view(-1)[at] = (moved(i, step) - moved(i, -step)) / (2 * h)
    print(name, "equals finite differences:", slopes[i].allclose(nudged))
