import torch
from torch import nn

x = torch.zeros(1, 192, 28, 28)
branches = nn.Conv2d(192, 64, 1), nn.Conv2d(192, 128, 3)
torch.cat([branch(x) for branch in branches], 1)
