import torch
from torch import nn

from dlbook.datasets import load, pixels
from dlbook.fully_connected import MLP
from dlbook.training.doctor import examine

images = load("digits").train
g = torch.Generator().manual_seed(0)
net = nn.Sequential(nn.Flatten(), MLP([64, 64, 10], generator=g),
                    nn.Softmax(0))  # meant: 1; better: nothing
p = net(pixels(images.x[:32]))
print("rows sum to 1:", torch.allclose(p.sum(1), torch.ones(32)))
print("columns sum to 1:", torch.allclose(p.sum(0), torch.ones(10)))
for finding in examine(net, images):
    if not finding.ok:
        print("sick:", finding.check)
