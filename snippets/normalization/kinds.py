import torch
from torch import nn

from dlbook.normalization import normalized

generator = torch.Generator().manual_seed(0)
x = 3 + torch.randn(8, 6, 4, 4, generator=generator).double()
x.requires_grad_()
dy = torch.randn(x.shape, generator=generator).double()
grouped = x.unflatten(1, (2, 3))  # two groups of three channels
kinds = {
    "batch": (normalized(x, (0, 2, 3)), nn.BatchNorm2d(6)),
    "layer": (normalized(x, (1, 2, 3)), nn.LayerNorm((6, 4, 4))),
    "instance": (normalized(x, (2, 3)), nn.InstanceNorm2d(6)),
    "group": (normalized(grouped, (2, 3, 4)).flatten(1, 2),
              nn.GroupNorm(2, 6)),
    "RMS": (normalized(x, (1, 2, 3), centred=False),
            nn.RMSNorm((6, 4, 4), eps=1e-5)),
}
for name, (y, layer) in kinds.items():
    z = layer.double()(x)
    ours, theirs = (torch.autograd.grad(t, x, dy) for t in (y, z))
    print(f"{name:8} equals torch: {torch.allclose(y, z)},"
          f" gradient: {torch.allclose(*ours, *theirs)}")
