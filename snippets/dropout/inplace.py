import torch
from torch import nn

net = nn.Sequential(
    nn.Linear(4, 3), nn.ReLU(), nn.Dropout(0.5, inplace=True), nn.Linear(3, 1)
)
net(torch.ones(2, 4)).sum().backward()
