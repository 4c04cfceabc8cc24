import torch
from torch import nn

from dlbook.lrn import LocalResponseNorm

layers = nn.Sequential(
    nn.Conv2d(3, 96, 11, stride=4), nn.ReLU(),
    LocalResponseNorm(), nn.MaxPool2d(3, stride=2),
    nn.Conv2d(96, 256, 5, padding=2, groups=2), nn.ReLU(),
    LocalResponseNorm(), nn.MaxPool2d(3, stride=2),
)
x = torch.zeros(1, 3, 227, 227)
for layer in layers:
    x = layer(x)
    weights = sum(p.numel() for p in layer.parameters())
    shape = "x".join(str(n) for n in x.shape[1:])
    print(f"{type(layer).__name__:18} {shape:10} {weights:8,} parameters")
