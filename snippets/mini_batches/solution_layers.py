import torch
from torch import nn
from torch.nn.functional import cross_entropy

from dlbook.data import digits
from dlbook.mini_batches import accumulate

x, y = (t[:96] for t in digits())
x, g = x.double(), torch.Generator().manual_seed(0)
for layer in [nn.Identity(), nn.BatchNorm2d(8), nn.GroupNorm(2, 8),
              nn.BatchNorm2d(8).eval(), nn.Dropout(0.2)]:
    conv = nn.Conv2d(1, 8, 3)
    model = nn.Sequential(conv, layer, nn.ReLU(), nn.Flatten(),
                          nn.Linear(288, 10)).double()
    for p in model.parameters():
        p.data = 0.1 * torch.randn(p.shape, generator=g).double()
    right, = torch.autograd.grad(cross_entropy(model(x), y), conv.weight)
    accumulate(model, zip(x.split(64), y.split(64), strict=True))
    equal = torch.allclose(conv.weight.grad, right)
    name = f"{type(layer).__name__}, train={layer.training}"
    print(f"{name:24} the same gradient: {equal}")
