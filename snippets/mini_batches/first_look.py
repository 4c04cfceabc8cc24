import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.datasets import load, pixels
from dlbook.lenet import LeNet
from dlbook.mini_batches import Kept, accumulated, mini_batches, one_graph

images, y = load("fashion-small").train
x, y = pixels(images).to(dlbook.device()), y.to(dlbook.device())
parts = list(zip(x.split(250), y.split(250), strict=True))
fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.2), sharey=True)
designs = [one_graph, accumulated, mini_batches]
for ax, design in zip(axes, designs, strict=True):
    model, at = LeNet().to(x.device), []  # where updates are
    optimizer, kept = torch.optim.SGD(model.parameters(), 0.01), Kept(x, y)
    optimizer.register_step_post_hook(
        lambda *_, at=at, kept=kept: at.append(len(kept.history)))
    with kept:
        design(model, optimizer, parts)
    ax.plot([n / 1e6 for n in kept.history])
    ax.plot(at, [-12] * len(at), "^C1", ms=4, clip_on=False)
    ax.set(title=design.__name__, xlabel="time", xticks=[], ylim=(-20, 240))
axes[0].set_ylabel("kept, in MB")
plt.show()
