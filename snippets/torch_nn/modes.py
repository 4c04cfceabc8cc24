import torch
from torch import nn
from torch.nn import functional

g = torch.Generator().manual_seed(0)
x = torch.randn(8, 4, generator=g) + 3
net = nn.Sequential(nn.BatchNorm1d(4), nn.Linear(4, 4), nn.Dropout(0.5))
for mode in ("train", "eval"):
    getattr(net, mode)()
    before = net[0].running_mean.clone()
    first, second = net(x), net(x)
    print(f"{mode}:")
    print("  two calls agree:       ", torch.equal(first, second))
    print("  running mean has moved:", not before.equal(net[0].running_mean))
    print("  weights want gradients:", net[1].weight.requires_grad)
    print("  a graph is recorded:   ", first.requires_grad)
y = functional.dropout(torch.ones(1000))
print("functional.dropout in eval drops:", bool((y == 0).any()))
