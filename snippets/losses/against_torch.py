import torch
from torch.nn import functional

from dlbook import losses

g = torch.Generator().manual_seed(0)
like = {"dtype": torch.float64, "generator": g}
z, a, b = (20 * torch.randn(50, 10, **like) for _ in range(3))
shares, yes = torch.rand(50, 10, **like), torch.rand(50, 10, **like).round()
shares, target = shares / shares.sum(1, keepdim=True), shares.argmax(1)
z[0], z[1] = 1000 * z[0].sign(), 0
pairs = [
    ("mse", losses.mse, functional.mse_loss, (a, b)),
    ("binary", losses.binary_cross_entropy,
     functional.binary_cross_entropy_with_logits, (z, yes)),
    ("classes", losses.cross_entropy, functional.cross_entropy, (z, target)),
    ("shares", losses.cross_entropy, functional.cross_entropy, (z, shares)),
]
for name, ours, theirs, (x, y) in pairs:
    x.requires_grad_()
    one, other = ours(x, y), theirs(x, y)
    (slope,), (expected,) = (torch.autograd.grad(v, x) for v in (one, other))
    print(f"{name}: value {one.allclose(other)}, gradient",
          slope.allclose(expected))
