import torch
from torch import nn

x = torch.zeros(4, 192, 28, 28)
branches = [nn.Conv2d(192, 64, k, padding=k // 2) for k in (1, 3, 5)]
maps = [branch(x) for branch in branches]
for axis in range(4):
    print(f"axis {axis}:", tuple(torch.cat(maps, axis).shape))
