import torch
from torch import nn

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.training import fit, wrong

x, y = (t.to(dlbook.device()) for t in digits())
x = x.double()
for pool in (nn.AvgPool2d, nn.MaxPool2d):
    for activation in (nn.Identity, nn.ReLU):
        how = {"conv": nn.Conv2d, "pool": pool, "activation": activation}
        miss = []
        for seed in range(3):
            g = torch.Generator().manual_seed(seed)
            net = CNN((1, 8, 8), [8, 16], [10], generator=g, **how).to(x)
            train, test = torch.randperm(1797, generator=g).split([1000, 797])
            fit(net, x[train], y[train], generator=g)
            miss.append(100 * wrong(net, x[test], y[test]).double().mean())
        rest = net(torch.zeros_like(x[:1]))  # scores without any ink
        matrix = net(torch.eye(64).to(x).reshape(64, 1, 8, 8)) - rest
        one = torch.allclose(x.flatten(1) @ matrix + rest, net(x))
        print(f"{pool.__name__}, {activation.__name__:8}",
              f"one matrix: {one!s:5} wrong %:", *(f"{m:2.0f}" for m in miss))
