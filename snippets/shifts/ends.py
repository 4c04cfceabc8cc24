# --8<-- [start:nets]
import torch
from torch import nn
from torch.nn.functional import pad

import dlbook
from dlbook.cnn import CNN, hidden_width
from dlbook.data import digits
from dlbook.experiment import compare, compare_values, split
from dlbook.fully_connected import MLP, count_parameters
from dlbook.training import wrong

x, y = (t.to(dlbook.device()) for t in digits())
shape, layers = (1, 16, 16), {"conv": nn.Conv2d, "pool": nn.MaxPool2d}
data = split(pad(x, [4] * 4), y, seed=0, validation=200, test=797)


def cnn(generator=None):
    return CNN(shape, [8, 16], [10], generator=generator, **layers)


def dense(generator):
    units = hidden_width(count_parameters(cnn()), 256, 10), 10
    net = MLP([256, *units], generator=generator)
    return nn.Sequential(nn.Flatten(), net)
# --8<-- [end:nets]


# --8<-- [start:mean]
def mean(generator):  # of each map only its mean is kept
    blocks = CNN(shape, [8, 45], [10], generator=generator, **layers).features
    whole, last = nn.AdaptiveAvgPool2d(1), MLP([45, 10], generator=generator)
    return nn.Sequential(blocks, whole, nn.Flatten(), last)
# --8<-- [end:mean]


# --8<-- [start:compare]
# about a minute
import matplotlib.pyplot as plt

nets = {"CNN": cnn, "dense": dense, "mean": mean}
how = {"steps": 1000, "rates": (3e-3, 1e-2), "against": "CNN"}
result = compare(nets, data, **how)
print(f"in the middle\n{result}")
miss = {name: [] for name in nets}
for shift in range(5):  # all test digits are moved to the right
    z = pad(data.test.x, (shift, -shift))
    for name, each in result.entrants.items():
        shares = [wrong(each.network(seed), z, data.test.y).double().mean()
                  for seed in range(5)]
        miss[name].append([100 * share.item() for share in shares])
    if shift:
        rows = {name: row[shift] for name, row in miss.items()}
        print(f"\nmoved by {shift}")
        print(compare_values(rows, unit="points", against="CNN"))
plt.figure(figsize=(5.5, 2.6))
for n, (name, rows) in enumerate(miss.items()):
    plt.plot(rows, "o", color=f"C{n}", alpha=0.4, ms=4)
    plt.plot(torch.tensor(rows).mean(1), color=f"C{n}", label=name)
plt.gca().set(xlabel="pixels moved", ylabel="wrong, in %", xticks=range(5))
plt.legend()
plt.show()
# --8<-- [end:compare]
