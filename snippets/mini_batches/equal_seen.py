# --8<-- [start:nets]
import torch
from torch import nn

import dlbook
from dlbook.data import digits
from dlbook.experiment import Competitor, compare, split

images, labels = (t.to(dlbook.device()) for t in digits())
data = split(images, labels, seed=0, validation=300, test=797)
n, batch = len(data.train.x), 32


def make():
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.ReLU(),
                         nn.Linear(32, 10))


def designs(epochs):
    often = epochs * n // batch  # updates by mini-batches
    chosen = {"mini-batches": (batch, often), "one per epoch": (n, epochs),
              "all, as often": (n, often)}
    return {name: Competitor(make, how={"batch": size, "steps": steps,
                                        "every": steps // epochs})
            for name, (size, steps) in chosen.items()}
# --8<-- [end:nets]


# --8<-- [start:compare]
# about two minutes
import matplotlib.pyplot as plt

results = {}
for epochs in (60, 240):
    rivals = designs(epochs)
    if epochs > 60:  # it would take minutes more
        del rivals["all, as often"]
    results[epochs] = compare(
        rivals, data, steps=1, against="mini-batches",
        optimizer=torch.optim.SGD, rates=(0.1, 0.3, 1.0, 3.0))
    print(f"{epochs} times through {n} examples\n{results[epochs]}\n")
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.6), sharey=True)
for name, each in results[60].entrants.items():
    updates, wrong = each.curves.points, each.curves.validation.mean(0)
    seen = updates * each.competitor.how["batch"] / n
    for ax, along in zip(axes, (seen, updates), strict=True):
        ax.semilogx(along, 100 * wrong, label=name)
        ax.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
axes[0].set(xlabel="epochs", ylabel="wrong, in %", ylim=(0, 30))
axes[1].set(xlabel="updates")
fig.legend(*ax.get_legend_handles_labels(), ncols=3,
           loc="outside upper center")
plt.show()
# --8<-- [end:compare]
