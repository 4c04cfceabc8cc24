import torch
from torch import nn

from dlbook.pooling import MaxPool2d

maps = torch.zeros(8, 16, 6, 6)  # 8 images, 16 channels
flat = maps.flatten(2)  # too early
print("torch:", tuple(flat.shape), "->", tuple(nn.MaxPool2d(2)(flat).shape))
print("ours:", MaxPool2d(2)(flat).shape)
