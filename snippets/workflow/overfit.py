import matplotlib.pyplot as plt
import torch

from dlbook.datasets import hold_out, load
from dlbook.training import Plan, create, train

g = torch.Generator().manual_seed(0)
many, validation = hold_out(load("fashion-small").train, 500, generator=g)
_, few = hold_out(many, 200, generator=g)
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.4), sharey=True)
for ax, images, epochs in ((axes[0], many, 25), (axes[1], few, 250)):
    plan, net = Plan(epochs, lr=0.05), create("mlp")
    curve = list(train(net, images, plan, validation=validation))
    scores, at = [epoch.validation for epoch in curve], range(1, epochs + 1)
    ax.plot(at, [epoch.loss for epoch in curve], label="training")
    ax.plot(at, [score.loss for score in scores], label="validation")
    ax.set(yscale="log", xlabel="epoch", title=f"{len(images.y)} pictures")
    lowest = min(scores, key=lambda score: score.loss)
    ax.axvline(scores.index(lowest) + 1, color="0.5", lw=1)
    for name, score in (("lowest", lowest), ("at the end", scores[-1])):
        print(f"{len(images.y)} pictures, validation loss {name}:"
              f" {score.loss:.2f}, {score.accuracy:.0%} right")
axes[0].legend()
plt.show()
