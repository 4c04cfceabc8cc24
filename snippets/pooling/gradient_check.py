import torch
from torch.nn import functional

from dlbook import pooling

g = torch.Generator().manual_seed(0)
x = torch.randn(2, 2, 7, 6, dtype=torch.float64, generator=g)
how = {"kernel": 3, "stride": 2, "padding": 1, "ceil_mode": True}
grad_y = torch.randn(2, 2, 4, 4, dtype=torch.float64, generator=g)
max_gradient = pooling.max_pool2d_gradient(grad_y, x, **how)
avg_gradient = pooling.avg_pool2d_gradient(grad_y, (7, 6), **how)
for name, by_hand in [
    ("max_pool2d", max_gradient), ("avg_pool2d", avg_gradient),
]:
    pool, torchs = getattr(pooling, name), getattr(functional, name)
    h, slopes = 1e-6, []
    for e in h * torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape):
        change = pool(x + e, **how) - pool(x - e, **how)
        slopes.append((grad_y * change).sum() / (2 * h))
    nudged = torch.stack(slopes).reshape(x.shape)
    leaf = x.clone().requires_grad_()
    torchs(leaf, 3, 2, 1, ceil_mode=True).backward(grad_y)
    print(f"{name}: finite differences {by_hand.allclose(nudged)}", end=" ")
    print(f"autograd {by_hand.allclose(leaf.grad)}")
