from itertools import pairwise

import torch

from dlbook import backprop
from dlbook.data import digits

images, labels = (t[:100] for t in digits())
x = (images - images.mean(0)).flatten(1).double() / images.std()
widths = [64, *[256, 64] * 8, 10]  # wide, narrow, …, ten classes
rules = {"2 / n_in": lambda i, o: 2 / i, "2 / n_out": lambda i, o: 2 / o,
         "4 / (n_in + n_out)": lambda i, o: 4 / (i + o)}
for name, variance in rules.items():
    sums = torch.zeros(2).double()
    for seed in range(50):
        g, layers = torch.Generator().manual_seed(seed), []
        for i, o in pairwise(widths):
            w = variance(i, o) ** 0.5 * torch.randn(o, i, generator=g)
            layers.append(backprop.Layer(w.double(), torch.zeros(o).double()))
        zs, _ = backprop.forward(x, layers, torch.relu)
        last = backprop.cross_entropy_delta(zs[-1], labels)
        ds = backprop.deltas(last, layers, zs, lambda z: (z > 0).double())
        sums += torch.stack([zs[15].square().mean() / zs[0].square().mean(),
                             ds[0].square().mean() / ds[15].square().mean()])
    print("{}: z {:.2f}, δ {:.2f}".format(name, *sums / 50))
