import torch
from torch import nn

from dlbook.normalization import BatchNorm

generator = torch.Generator().manual_seed(1)
batches = 2 + 3 * torch.randn(5, 8, 6, 4, 4, generator=generator).double()
for how in ({}, {"momentum": None}, {"momentum": 0.3}, {"affine": False},
            {"track_running_stats": False}):
    ours, theirs = BatchNorm(6, **how), nn.BatchNorm2d(6, **how)
    for weight in theirs.double().parameters():
        nn.init.normal_(weight, generator=generator)
    ours.double().load_state_dict(theirs.state_dict())
    same = {"training": [], "gradient": [], "averages": [], "testing": []}
    for x in batches:
        a, b = x.clone().requires_grad_(), x.clone().requires_grad_()
        y, z = ours.train()(a), theirs.train()(b)
        (y**3).sum().backward(), (z**3).sum().backward()
        pairs = zip(ours.buffers(), theirs.buffers(), strict=True)
        same["training"].append(torch.allclose(y, z))
        same["gradient"].append(torch.allclose(a.grad, b.grad))
        same["averages"].append(all(torch.allclose(*p) for p in pairs))
        y, z = ours.eval()(x), theirs.eval()(x)
        same["testing"].append(torch.allclose(y, z))
    print(how or "as it is", [name for name in same if all(same[name])])
