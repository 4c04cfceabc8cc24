import torch
from torch import nn

image = torch.zeros(1, 1, 8, 8)
print(nn.MaxPool2d(3, padding=1)(image).shape)
print(nn.MaxPool2d(2, padding=2)(image).shape)
