from time import process_time

import torch
from torch import nn

from dlbook.fully_connected import MLP

x, y = torch.ones(128, 784), torch.zeros(128).long()
sizes = [784, 1024, 1024, 10]
bend = nn.Sequential(nn.ReLU(), nn.Dropout())
nets = {"ReLU": MLP(sizes), "with dropout": MLP(sizes, activation=bend)}
times = {name: [] for name in nets}
for _ in range(15):  # by turns, so that both meet the same machine
    for name, net in nets.items():
        start = process_time()
        nn.functional.cross_entropy(net(x), y).backward()
        times[name].append(process_time() - start)
for name, each in times.items():
    print(f"{name:12} {1000 * min(each):.1f} ms")
print("dropout slower:", min(times["with dropout"]) > min(times["ReLU"]))
