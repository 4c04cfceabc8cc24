# --8<-- [start:network]
from torch import nn

from dlbook.data import digits
from dlbook.experiment import split

data = split(*digits(), seed=0).changed(lambda images: images.flatten(1))
data = data.changed(lambda x: x - data.train.x.mean(0))


def network(scale):
    """One hidden layer; output weights `scale` times as large as usual."""
    def make(generator):
        hidden, last = nn.Linear(64, 32), nn.Linear(32, 10)
        for layer, size in ((hidden, 1), (last, scale)):
            std = size * (2 / layer.in_features) ** 0.5
            nn.init.normal_(layer.weight, 0, std, generator)
            nn.init.zeros_(layer.bias)
        return nn.Sequential(hidden, nn.ReLU(), last)
    return make
# --8<-- [end:network]


# --8<-- [start:compare]
# about twenty seconds
import matplotlib.pyplot as plt
from torch.nn.functional import one_hot

from dlbook.experiment import Competitor, compare
from dlbook.losses import mse, softmax


def squared(z, y):
    return mse(softmax(z), one_hot(y, 10).to(z))


fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.7), sharey=True)
for ax, scale in zip(axes, (1, 10), strict=True):
    found = compare(
        {"cross-entropy": network(scale), "squared error": Competitor(
            network(scale), how={"loss": squared})},
        data, steps=500, speed=True)
    print(f"output weights x{scale}", found, "", sep="\n")
    found.draw(ax)
    ax.set(title=f"output weights x{scale}")
plt.show()
# --8<-- [end:compare]
