# --8<-- [start:train]
import torch
from torch import nn

import dlbook
from dlbook.data import digits
from dlbook.fully_connected import MLP

images, labels = digits()
x = images.flatten(1).double().to(dlbook.device())  # 1797 rows of 64
labels = labels.to(x.device)


def wrong(sizes, y, seed):
    """Train on 1000 digits. Percent wrong among them, and among the rest."""
    g = torch.Generator().manual_seed(seed)
    net = MLP(sizes, generator=g).double().to(x.device)
    order = torch.randperm(len(x), generator=g)
    train, test = order[:1000], order[1000:]
    step = torch.optim.Adam(net.parameters(), lr=0.03)
    for _ in range(200):
        step.zero_grad()
        nn.functional.cross_entropy(net(x[train]), y[train]).backward()
        step.step()
    miss = 100.0 * (net(x).argmax(1) != y)
    return [miss[part].mean().item() for part in (train, test)]
# --8<-- [end:train]


# --8<-- [start:compare]
import matplotlib.pyplot as plt

fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.5), sharey=True)
for ax, task, y, n in [(axes[0], "which digit?", labels, 10),
                       (axes[1], "even or odd?", labels % 2, 2)]:
    columns = []
    for sizes in ([64, n], [64, 32, n]):
        runs = [wrong(sizes, y, seed) for seed in range(5)]
        train, test = torch.tensor(runs).T
        columns.append(test)
        print(f"{task} {'-'.join(map(str, sizes)):8} training"
              f" {train.mean():.1f} %, testing {test.mean():.1f} %"
              f" ({test.min():.1f} to {test.max():.1f}) wrong")
    columns = torch.stack(columns).numpy()
    ax.plot(columns, "o-", color="0.7")
    ax.plot(columns.mean(1), "D", color="C1")
    ax.set(title=task, xlim=(-0.3, 1.3), ylim=(0, 10))
    ax.set_xticks([0, 1], ["one layer", "32 hidden"])
axes[0].set_ylabel("wrong, in %")
plt.show()
# --8<-- [end:compare]
