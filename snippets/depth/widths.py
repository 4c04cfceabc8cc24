from itertools import pairwise

import torch

from dlbook import backprop
from dlbook.data import digits

images, labels = (t[:100] for t in digits())
x = images.flatten(1).double()
x = (x - x.mean(0)) / x.std()
widths = [64, *[256, 64] * 8, 10]  # wide, narrow, wide, …, ten classes
rules = {"2 / n_in": lambda i, o: 2 / i, "2 / n_out": lambda i, o: 2 / o,
         "4 / (n_in + n_out)": lambda i, o: 4 / (i + o)}
for name, variance in rules.items():
    sums, runs = torch.zeros(2).double(), 50
    for seed in range(runs):
        g, layers = torch.Generator().manual_seed(seed), []
        for i, o in pairwise(widths):
            w = torch.randn(o, i, generator=g).double() * variance(i, o) ** 0.5
            layers.append(backprop.Layer(w, torch.zeros(o).double()))
        zs, _ = backprop.forward(x, layers, torch.relu)
        last = backprop.cross_entropy_delta(zs[-1], labels)
        ds = backprop.deltas(last, layers, zs, lambda z: (z > 0).double())
        sums += torch.stack([zs[15].square().mean() / zs[0].square().mean(),
                             ds[0].square().mean() / ds[15].square().mean()])
    print("{}: z {:.2f}, δ {:.2f}".format(name, *sums / runs))
