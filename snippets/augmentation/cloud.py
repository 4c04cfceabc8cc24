import matplotlib.pyplot as plt
import torch

from dlbook.augmentation import colour_axes
from dlbook.data import photo

x = photo("flower")
axes = colour_axes(x[None])
picks = torch.randint(x[0].numel(), (400,),
                      generator=torch.Generator().manual_seed(0))
pixels = x.flatten(1)[:, picks]
fig, pair = plt.subplots(1, 2, figsize=(5.5, 2.8), sharex=True, sharey=True)
for ax, (a, b) in zip(pair, [(0, 1), (0, 2)], strict=True):
    ax.scatter(*pixels[[a, b]], c=pixels.T.numpy(), s=4)
    for i, colour in enumerate(["C1", "C0", "C3"]):
        tip = 2 * axes.values[i].sqrt() * axes.vectors[[a, b], i]
        middle = axes.mean[[a, b]]
        ax.annotate("", middle + tip, middle, arrowprops={
            "arrowstyle": "->", "color": colour, "lw": 2})
        ax.text(*(middle + 1.2 * tip), f"{i + 1}", color=colour)
    ax.set(xlabel="red", ylabel=["red", "green", "blue"][b], aspect="equal")
plt.show()
