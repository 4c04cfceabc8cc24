import torch
from torch import nn

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.training import fit, wrong

x, y = (t.to(dlbook.device()) for t in digits())
x = x.double()
layers = {"conv": nn.Conv2d, "pool": nn.MaxPool2d, "linear": nn.Linear}
for seed in range(3):
    for name, end in [("scores", nn.Identity()), ("softmax", nn.Softmax(1))]:
        g = torch.Generator().manual_seed(seed)
        net = CNN((1, 8, 8), [8, 16], [10], generator=g, **layers).to(x)
        net = nn.Sequential(net, end)
        order = torch.randperm(len(x), generator=g)
        train, test = order[:1000], order[1000:]
        losses = fit(net, x[train], y[train], steps=200, generator=g)
        miss = 100 * wrong(net, x[test], y[test]).double().mean()
        print(f"seed {seed}, ends in {name:8} last loss"
              f" {sum(losses[-20:]) / 20:.1f}, wrong {miss:2.0f} %")
