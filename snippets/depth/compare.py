# --8<-- [start:network]
from itertools import pairwise

from torch import nn

from dlbook.data import digits
from dlbook.experiment import split

data = split(*digits(), seed=0)
data = data.changed(lambda x: x - data.train.x.mean(0))


def network(bend, depth):
    """What makes a network with `depth` hidden layers of 32 units."""
    gain = 1 if bend in (nn.Sigmoid, nn.Tanh) else 2

    def make(generator):
        layers = [nn.Flatten()]
        for n_in, n_out in pairwise([64] + [32] * depth + [10]):
            linear = nn.Linear(n_in, n_out)
            std = (gain / n_in) ** 0.5
            nn.init.normal_(linear.weight, 0, std, generator)
            nn.init.zeros_(linear.bias)
            layers += [linear, bend()]
        return nn.Sequential(*layers[:-1])
    return make
# --8<-- [end:network]


# --8<-- [start:compare]
# about two minutes
import matplotlib.pyplot as plt

from dlbook.experiment import compare

kinds = {"sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "ReLU": nn.ReLU,
         "Leaky ReLU": nn.LeakyReLU, "SiLU": nn.SiLU, "GELU": nn.GELU}
fig, axes = plt.subplots(1, 2, figsize=(5.5, 3), sharey=True)
for ax, depth in zip(axes, (2, 8), strict=True):
    nets = {name: network(bend, depth) for name, bend in kinds.items()}
    found = compare(nets, data, steps=1500, against="ReLU",
                    rates=[0.003, 0.01, 0.03])
    print(f"{depth} hidden layers", found, "", sep="\n")
    found.draw(ax)
    ax.set(title=f"{depth} hidden layers", yscale="log")
axes[1].get_legend().remove()
axes[0].set_yticks([3, 10, 30, 90], ["3", "10", "30", "90"])
axes[0].minorticks_off()
axes[1].set_ylabel("")
plt.show()
# --8<-- [end:compare]
