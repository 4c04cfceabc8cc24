# --8<-- [start:count]
from itertools import pairwise

import torch
from torch import nn

from dlbook.approximation import bends
from dlbook.data import digits
from dlbook.fully_connected import MLP

images, labels = digits()
x = images.flatten(1).double()


def count(net):
    """The mean number of pieces on 50 ways from digit to digit."""
    ways = pairwise(x[1000:1051])
    return sum(len(bends(net, *way)) + 1 for way in ways) / 50


def train(net, steps=150):
    step = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(steps):
        step.zero_grad()
        nn.functional.cross_entropy(net(x[:1000]), labels[:1000]).backward()
        step.step()
# --8<-- [end:count]


# --8<-- [start:draw]
import matplotlib.pyplot as plt

depths, rows = (1, 2, 3, 4, 6), []
for depth in depths:
    sizes, counts = [64, *[48 // depth] * depth, 10], []
    for seed in range(3):
        g = torch.Generator().manual_seed(seed)
        net = MLP(sizes, generator=g).double()
        before = count(net)
        train(net)
        counts.append([before, count(net)])
    start, end = torch.tensor(counts).mean(0).tolist()
    rows.append([start, end, 2**depth, (48 // depth + 1)**depth])
    print(f"{depth} x {48 // depth:2} hidden units: {start:4.1f} pieces,"
          f" trained {end:4.1f}, bound {rows[-1][-1]:7,}")
names = ["random", "trained", "folded, 2 units a layer", "bound"]
for values, name in zip(zip(*rows, strict=True), names, strict=True):
    plt.plot(depths, values, "o-", label=name)
plt.yscale("log")
plt.gca().set(xlabel="layers; 48 hidden units together", ylabel="pieces")
plt.legend()
plt.show()
# --8<-- [end:draw]
