import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits
from dlbook.normalization import BatchNorm, LayerNorm, chain

x, y = digits()
x = x.flatten(1).double()
for norm in None, BatchNorm, LayerNorm:
    print("none" if norm is None else norm.__name__)
    for factor in 1, 10, 100:
        generator = torch.Generator().manual_seed(0)
        net = chain([64, 32, 10], norm, generator=generator).double()
        with torch.no_grad():
            net[0].weight *= factor
            net[0].bias *= factor
        loss = cross_entropy(net(x), y)
        loss.backward()
        length = net[0].weight.grad.norm().item()
        print(f"  weights × {factor:3}: loss {loss.item():.2f},"
              f" length of the gradient {length:.5f}")
