from time import perf_counter

import torch
from torch import nn

from dlbook.fully_connected import MLP

x, y = torch.ones(128, 784), torch.zeros(128).long()
seconds = {}
for name, parts in {
    "ReLU": [nn.ReLU()], "ReLU, dropout": [nn.ReLU(), nn.Dropout()],
}.items():
    net = MLP([784, 1024, 1024, 10], activation=nn.Sequential(*parts))
    times = []
    for _ in range(15):
        start = perf_counter()
        nn.functional.cross_entropy(net(x), y).backward()
        times.append(perf_counter() - start)
    seconds[name] = sorted(times)[7]
    print(f"{name:14} {1000 * seconds[name]:.1f} ms")
print("with dropout slower:", seconds["ReLU, dropout"] > seconds["ReLU"])
