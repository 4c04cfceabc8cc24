import torch
from torch import nn

from dlbook.data import digits
from dlbook.normalization import BatchNorm, freeze

x, _ = digits()
net = nn.Sequential(BatchNorm(1), nn.ReLU(), BatchNorm(1))
net(x)
print("frozen:", freeze(net))
for epoch in 1, 2:
    if epoch == 2:
        net.train()  # as most loops do, at the start of each epoch
    before = net[0].running_mean.clone()
    net(x)
    moved = not torch.equal(net[0].running_mean, before)
    print(f"epoch {epoch}: averages moved: {moved}")
