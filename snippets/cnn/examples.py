# --8<-- [start:parts]
from dataclasses import replace

import torch
from torch import nn
from torch.nn.functional import pad

import dlbook
from dlbook.data import digits
from dlbook.experiment import Part, compare, split

x, y = (t.to(dlbook.device()) for t in digits())
g = torch.Generator().manual_seed(0)
by = torch.randint(-2, 3, (len(x), 2), generator=g).tolist()
moved = torch.stack([pad(z, (2 + j, 2 - j, 2 + i, 2 - i))
                     for z, (i, j) in zip(x, by, strict=True)])


def only(n, seed):
    """Only n digits to learn from; chosen and tested as ever."""
    data = split(moved, y, seed)
    few = Part(data.train.x[:n], data.train.y[:n])
    return replace(data, train=few)
# --8<-- [end:parts]


# --8<-- [start:compare]
# about a minute
import matplotlib.pyplot as plt

from dlbook.cnn import CNN
from dlbook.fully_connected import MLP

how = {"conv": nn.Conv2d, "pool": nn.MaxPool2d}
nets = {"CNN": lambda g: CNN((1, 12, 12), [8, 16], [10], generator=g, **how),
        "dense 17": lambda g: nn.Sequential(
            nn.Flatten(), MLP([144, 17, 10], generator=g))}
sizes = (60, 240, 960)
plt.figure(figsize=(5.5, 2.6))
for n in sizes:
    result = compare(nets, lambda seed, n=n: only(n, seed), steps=1000,
                     seeds=range(10), rates=(3e-3, 1e-2))
    print(f"{n} examples:\n{result}")
    for at, (name, share) in enumerate(result.values.items()):
        label = name if n == sizes[0] else None
        plt.plot([n] * 10, 100 * share, f"C{at}o", alpha=0.5, label=label)
plt.semilogx()
plt.xticks(sizes, sizes, minor=False)
plt.gca().set(xlabel="examples", ylabel="wrong, in %", ylim=(0, 100))
plt.legend()
plt.show()
# --8<-- [end:compare]
