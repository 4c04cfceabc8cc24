import torch
from torch import nn

g = torch.Generator().manual_seed(0)
maps = torch.randn(5, 16, 4, 4, generator=g).double()
one = torch.randn(10, 16, generator=g).double()  # by class and map
dense = nn.Linear(256, 10, bias=False).double()
dense.weight.data = (one / 16).repeat_interleave(16, 1)  # 16 places alike
around = maps.roll((1, 2), (2, 3))  # what leaves comes in again
scores = dense(maps.flatten(1))
print("the same after a shift:", scores.allclose(dense(around.flatten(1))))
print("scores of the means:", scores.allclose(maps.mean((2, 3)) @ one.T))
