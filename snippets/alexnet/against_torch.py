from functools import partial

import torch
from torch import nn

import dlbook
from dlbook.alexnet import SmallAlexNet
from dlbook.convolution import Conv2d
from dlbook.fully_connected import Linear
from dlbook.pooling import MaxPool2d

how = {"towers": 2, "drop": nn.Identity}
torchs = partial(nn.LocalResponseNorm, alpha=5e-4, beta=0.75, k=2)
theirs = SmallAlexNet(norm=lambda maps: torchs(5), **how).double()
ours = SmallAlexNet(conv=Conv2d, linear=Linear, **how,
                    pool=partial(MaxPool2d, 3, stride=2)).double()
ours.load_state_dict(theirs.state_dict())
g = torch.Generator().manual_seed(0)
x = torch.rand(4, 3, 32, 32, generator=g, dtype=torch.float64)
scores = [net.to(dlbook.device())(x.to(dlbook.device()))
          for net in (ours, theirs)]
torch.stack(scores).square().sum().backward()
print("scores:", torch.allclose(*scores))
pairs = zip(ours.parameters(), theirs.parameters(), strict=True)
print("gradients:", all(torch.allclose(a.grad, b.grad) for a, b in pairs))
