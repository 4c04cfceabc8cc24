import torch

from dlbook.losses import binary_cross_entropy, cross_entropy

g = torch.Generator().manual_seed(0)
x = torch.randn(100, 3, dtype=torch.float64, generator=g)
y = (x.sum(1) > 0).long()


def two(w):
    return cross_entropy(x @ w, y)


def one(w):
    return binary_cross_entropy((x @ w)[:, 0], y.double())


w = 5 * torch.randn(3, 2, dtype=torch.float64, generator=g)
print("the same loss:", two(w).allclose(one(w[:, 1:] - w[:, :1])))
for loss, logits, eta in ((two, 2, 0.1), (one, 1, 0.1), (one, 1, 0.2)):
    w = torch.zeros(3, logits, dtype=torch.float64)
    for _ in range(20):
        (slope,) = torch.autograd.grad(loss(w.requires_grad_()), w)
        w = (w - eta * slope).detach()
    print(f"{loss.__name__}: step size {eta}, 20 steps: {loss(w):.3f}")
