import torch
from torch.nn.functional import one_hot

from dlbook.losses import cross_entropy, softmax

g = torch.Generator().manual_seed(0)
z = 3 * torch.randn(4, 10, dtype=torch.float64, generator=g)
target = torch.tensor([3, 0, 9, 3])
p, t = softmax(z), one_hot(target, 10)
by_hand = p - t

jacobian = torch.autograd.functional.jacobian(softmax, z[0])
formula = p[0].diag() - p[0][:, None] * p[0]
print("the table of softmax:", jacobian.allclose(formula))

how, h, slopes = {"reduction": "sum"}, 1e-5, []
for e in h * torch.eye(40, dtype=z.dtype).reshape(40, 4, 10):
    up = cross_entropy(z + e, target, **how)
    slopes.append((up - cross_entropy(z - e, target, **how)) / (2 * h))
nudged = torch.stack(slopes).reshape(4, 10)
print("finite differences:", by_hand.allclose(nudged))

z.requires_grad_()
(auto,) = torch.autograd.grad(cross_entropy(z, target, **how), z)
print("autograd:", by_hand.allclose(auto))
