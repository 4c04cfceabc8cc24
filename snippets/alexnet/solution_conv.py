import torch
from torch import nn

from dlbook.alexnet import SmallAlexNet

g = torch.Generator().manual_seed(0)
net = SmallAlexNet(drop=nn.Identity, generator=g).double()
layers = [net.features]
for name, side in ("f6", 3), ("f7", 1), ("output", 1):
    dense = net.classifier.get_submodule(name)
    conv = nn.Conv2d(dense.in_features // side**2, dense.out_features, side)
    conv.double().weight.data = dense.weight.reshape(conv.weight.shape)
    conv.bias.data = dense.bias
    layers += [conv, nn.ReLU()]
sliding = nn.Sequential(*layers[:-1])
x = torch.rand(1, 3, 32, 32, generator=g, dtype=torch.float64)
print("the same scores:", torch.allclose(sliding(x).flatten(1), net(x)))
print("of 64 × 48 pixels:", tuple(sliding(torch.zeros(1, 3, 64, 48)
                                          .double()).shape))
