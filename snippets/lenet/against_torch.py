import torch

import dlbook
from dlbook.convolution import Conv2d
from dlbook.datasets import load, pixels
from dlbook.fully_connected import Linear
from dlbook.lenet import LeNet
from dlbook.pooling import MaxPool2d

x = pixels(load("fashion-small").test.x[:64]).double().to(dlbook.device())
theirs = LeNet().to(x)  # torch's layers, unless you say otherwise
ours = LeNet(conv=Conv2d, pool=MaxPool2d, linear=Linear).to(x)
ours.load_state_dict(theirs.state_dict())
scores = [net(x) for net in (ours, theirs)]
for y in scores:
    y.square().sum().backward()
print("scores:", torch.allclose(*scores))
pairs = zip(ours.named_parameters(), theirs.parameters(), strict=True)
for (name, a), b in pairs:
    print(f"{name:24}", tuple(a.shape), torch.allclose(a.grad, b.grad))
