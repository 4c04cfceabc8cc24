import torch

from dlbook.lrn import lrn, lrn_gradient

g = torch.Generator().manual_seed(0)
like = {"dtype": torch.float64, "generator": g}
for size in (3, 4, 5):
    x, grad_y = (torch.randn(2, 7, 3, 2, **like) for _ in range(2))
    how = {"size": size, "alpha": 0.5, "beta": 0.75, "k": 2}
    by_hand = lrn_gradient(grad_y, x, **how)

    h, slopes = 1e-5, []
    for e in h * torch.eye(x.numel(), dtype=x.dtype):
        e = e.reshape(x.shape)
        up, down = lrn(x + e, **how), lrn(x - e, **how)
        slopes.append((grad_y * (up - down)).sum() / (2 * h))
    nudged = torch.stack(slopes).reshape(x.shape)

    x.requires_grad_()
    (auto,) = torch.autograd.grad(lrn(x, **how), x, grad_y)
    print(f"n={size}: finite differences {by_hand.allclose(nudged)}", end=" ")
    print(f"autograd {by_hand.allclose(auto)}")
