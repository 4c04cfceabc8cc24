# --8<-- [start:nets]
import torch
from torch import nn
from torch.nn.functional import pad

import dlbook
from dlbook.cnn import CNN, hidden_width, layer_table
from dlbook.data import digits
from dlbook.fully_connected import MLP, count_parameters

shape, layers = (1, 12, 12), {"conv": nn.Conv2d, "pool": nn.MaxPool2d}


def cnn(generator=None):
    return CNN(shape, [8, 16], [10], generator=generator, **layers)


def dense(width):
    return lambda generator: nn.Sequential(
        nn.Flatten(), MLP([144, width, 10], generator=generator))


rows = layer_table(cnn(), torch.zeros(1, *shape))
wide = sum(row.multiply_adds for row in rows) // (144 + 10)  # equal work
equal = hidden_width(count_parameters(cnn()), 144, 10)  # equal parameters
nets = {"CNN": cnn} | {f"dense {w}": dense(w) for w in (equal, wide)}
# --8<-- [end:nets]


# --8<-- [start:data]
x, y = (t.to(dlbook.device()) for t in digits())
g = torch.Generator().manual_seed(0)
by = torch.randint(-2, 3, (len(x), 2), generator=g).tolist()
middle = pad(x, [2] * 4)
moved = torch.stack([
    pad(z, (j, -j, i, -i)) for z, (i, j) in zip(middle, by, strict=True)])
# --8<-- [end:data]


# --8<-- [start:compare]
# about two minutes
import matplotlib.pyplot as plt

from dlbook.experiment import compare, split

fig, ax = plt.subplots(figsize=(5.5, 2.6))
for at, (task, z) in enumerate([("middle", middle), ("moved", moved)]):
    result = compare(nets, lambda seed, z=z: split(z, y, seed), steps=1000,
                     seeds=range(10), rates=(3e-3, 1e-2), against="CNN")
    print(f"digits {task}:\n{result}")
    for place, (name, share) in enumerate(result.values.items()):
        look = {"color": f"C{place}", "label": None if at else name}
        where = [at + 0.2 * place - 0.2] * 10
        ax.plot(where, 100 * share, "o", alpha=0.5, **look)
ax.set_xticks([0, 1], ["all in the middle", "moved by up to 2 pixels"])
ax.set(ylabel="wrong, in %", ylim=(0, 50), xlim=(-0.5, 1.5))
ax.legend(loc="upper left")
plt.show()
# --8<-- [end:compare]
