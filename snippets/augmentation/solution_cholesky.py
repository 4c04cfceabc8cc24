import torch

from dlbook.augmentation import colour_axes, colour_shifts
from dlbook.data import photo

x, many = photo("flower"), 100_000
c = torch.cov(x.flatten(1).double(), correction=0)
rng = torch.Generator().manual_seed(0)
for form, root in ("deviation", torch.linalg.cholesky(c)), ("variance", c):
    alpha = 0.1 * torch.randn(many, 3, generator=rng, dtype=torch.float64)
    without = alpha @ root.T
    with_axes = colour_shifts(colour_axes(x[None]), many, rng, form=form)
    spreads = [drawn.T @ drawn / many for drawn in (without, with_axes)]
    off = (spreads[0] - spreads[1]).norm() / spreads[1].norm()
    print(f"{form}: the same covariance, within 3 %:", off.item() < 0.03)
