import torch
from torch import nn

x = torch.ones(4, 3, requires_grad=True)
network = nn.Sequential(nn.Tanh(), nn.ReLU(inplace=True))
network(x).sum().backward()
