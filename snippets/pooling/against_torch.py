import torch
from torch.nn import functional

import dlbook
from dlbook import pooling

g = torch.Generator().manual_seed(0)
x = torch.randn(2, 3, 11, 8, dtype=torch.float64, generator=g)
x = x.to(dlbook.device()).requires_grad_()
geometries = [
    {"kernel": 2},
    {"kernel": 3, "stride": 2, "padding": 1},
    {"kernel": (3, 2), "stride": (1, 3), "padding": (0, 1)},
    {"kernel": (5, 3), "stride": (3, 4), "padding": (2, 1)},
]
for how in geometries:
    for ceil in (False, True):
        equal = []
        for name in ("max_pool2d", "avg_pool2d"):
            ours, theirs = (getattr(m, name) for m in (pooling, functional))
            y = ours(x, **how, ceil_mode=ceil)
            z = theirs(x, *how.values(), ceil_mode=ceil)
            pairs = [torch.autograd.grad(o.sin().sum(), x) for o in (y, z)]
            equal += [y.allclose(z), pairs[0][0].allclose(pairs[1][0])]
        print("ceil " if ceil else "floor", tuple(y.shape[2:]), equal)
