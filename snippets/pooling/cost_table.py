import torch
from torch import nn
from torch.autograd.graph import saved_tensors_hooks

from dlbook.convolution import cost

x = torch.zeros(1, 64, 56, 56, requires_grad=True)
conv = {s: cost(56, 64, 64, 3, stride=s, padding=1) for s in (1, 2)}
print("                 output weights multiply-adds  others kept")
for name, layer, (weights, work), k in [
    ("max 2x2", nn.MaxPool2d(2), (0, 0), 2),
    ("max 3x3, s=2", nn.MaxPool2d(3, stride=2, padding=1), (0, 0), 3),
    ("average 2x2", nn.AvgPool2d(2), (0, 0), 2),
    ("conv 3x3, s=2", nn.Conv2d(64, 64, 3, 2, padding=1), conv[2], 1),
]:
    kept = []  # what autograd keeps for the way back
    with saved_tensors_hooks(kept.append, id):
        y = layer(x)
    size = sum(t.nbytes for t in kept if not isinstance(t, nn.Parameter))
    size /= x.nbytes
    shape, others = f"{y.shape[1]}x{y.shape[2]}x{y.shape[3]}", k**2 - 1
    print(f"{name:14}{shape:>9}{weights:8,}{work:14,}", end="")
    print(f"{others * y.numel():8,}{size:5.1f}")
print(f"the 3x3 convolution at stride 1: {conv[1].multiply_adds:,}")
