import torch
from torch import nn

from dlbook.lenet import LeNet

g = torch.Generator().manual_seed(0)
net = LeNet(generator=g).double()
maps = net.features(torch.rand(3, 1, 28, 28, generator=g).double())
dense = net.classifier.c5
conv = nn.Conv2d(16, 120, 5).double()
conv.weight.data = dense.weight.data.reshape(120, 16, 5, 5)
conv.bias.data = dense.bias.data
print("equal:", torch.allclose(conv(maps).flatten(1), dense(maps.flatten(1))))
wider = torch.rand(1, 16, 5, 9, generator=g).double()
print("on wider maps it slides:", tuple(conv(wider).shape))
