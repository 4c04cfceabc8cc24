import torch
from torch import nn

from dlbook.lrn import LocalResponseNorm

images = torch.zeros(4, 1, 8, 8)
network = nn.Sequential(
    nn.Conv2d(1, 6, 3), nn.ReLU(), nn.Flatten(), LocalResponseNorm(),
)
print(network(images).shape)
