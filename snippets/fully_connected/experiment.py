# --8<-- [start:parts]
from dlbook.data import digits
from dlbook.experiment import split
from dlbook.fully_connected import MLP

images, labels = digits()
x = images.flatten(1)  # 1797 rows of 64


def parts(y):
    """1000 digits to learn from, 300 to choose by, 497 to test on."""
    return split(x, y, seed=0, validation=300, test=497)


def network(*sizes):
    return lambda generator: MLP(list(sizes), generator=generator)
# --8<-- [end:parts]


# --8<-- [start:compare]
# about half a minute
import matplotlib.pyplot as plt

from dlbook.experiment import compare

fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.5), sharey=True)
for ax, task, y, n in [(axes[0], "which digit?", labels, 10),
                       (axes[1], "even or odd?", labels % 2, 2)]:
    data, seen = parts(y), {}
    found = compare({"one layer": network(64, n),
                     "32 hidden": network(64, 32, n)}, data, steps=2000,
                    rates=[0.003, 0.01, 0.03, 0.1])
    print(task, found, sep="\n")
    for name, each in found.entrants.items():
        nets = [each.network(seed) for seed in range(5)]
        miss = [(net(data.train.x).argmax(1) != data.train.y).sum().item()
                for net in nets]
        print(f"{name}, wrong of 1000 training digits:", *miss)
    print()
    found.draw(ax)
    ax.set(title=task, ylim=(0, 20))
plt.show()
# --8<-- [end:compare]
