import numpy as np
import torch
from scipy.optimize import linprog

from dlbook.approximation import pieces

x = torch.linspace(-1, 1, 401).double()
for n in (3, 30, 100):  # hidden units with φ(z) = z², to draw |x|
    g = torch.Generator().manual_seed(0)
    w, b = torch.randn(2, n, dtype=x.dtype, generator=g)
    a = np.c_[(x[:, None] * w + b).square(), np.ones(401)]
    goal, free = np.eye(n + 2)[-1], [(None, None)] * (n + 2)
    sums = np.c_[np.r_[a, -a], -np.ones(802)]  # off by at most the last
    least = linprog(goal, sums, np.r_[x.abs(), -x.abs()], bounds=free).fun
    print(f"{n:3} squares: the best outer weights are off by {least:.3f}")

x = torch.linspace(-3, 3, 4001).double()[:, None]
far = torch.tensor([[100.0]]).double()  # outside of K
for n in (30, 100, 300):  # hidden units with ReLU
    knots = torch.linspace(-3, 3, n + 1).double()
    sine, step = pieces(knots, knots.sin()), pieces(knots, (knots > 0) * 1.0)
    rise = (step(x) - (x > 0) * 1.0).abs().max()
    inside, outside = (sine(v) - v.sin() for v in (x, far))
    print(f"{n:3} ReLUs: sine off by {inside.abs().max():.3f}, outside by"
          f" {outside.abs().max():.0f}, step off by {rise:.2f}")
