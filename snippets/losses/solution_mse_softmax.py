import torch

from dlbook.losses import mse, softmax

g = torch.Generator().manual_seed(0)
z = torch.randn(1, 5, dtype=torch.float64, generator=g).requires_grad_()
t = torch.eye(5, dtype=torch.float64)[[2]]
(auto,) = torch.autograd.grad(mse(softmax(z), t, reduction="sum"), z)
p = softmax(z).detach()
c = 2 * (p - t)
print("equal:", auto.allclose(p * (c - (c * p).sum())))
