import torch
from torch import nn

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.fully_connected import count_parameters
from dlbook.training import fit, wrong

x, y = (t.to(dlbook.device()) for t in digits())
x = x.double()
layers = {"conv": nn.Conv2d, "pool": nn.MaxPool2d, "linear": nn.Linear}
for channels in ([1, 2], [2, 4], [4, 8], [8, 16], [16, 32]):
    miss = []
    for seed in range(3):
        g = torch.Generator().manual_seed(seed)
        net = CNN((1, 8, 8), channels, [10], generator=g, **layers).to(x)
        order = torch.randperm(len(x), generator=g)
        train, test = order[:1000], order[1000:]
        fit(net, x[train], y[train], steps=200, generator=g)
        miss.append(100 * wrong(net, x[test], y[test]).double().mean())
    print(f"{channels!s:9} {count_parameters(net):5,} parameters:",
          *(f"{m:4.1f}" for m in miss), "% wrong")
