import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.forward import trace
from dlbook.training import fit

x, y = (t.to(dlbook.device()) for t in digits())
x, g = x.double(), torch.Generator().manual_seed(0)
net = CNN((1, 8, 8), [8, 16], [10], generator=g).to(x)
fit(net, x, y, steps=300, generator=g)
shown = [0, 7, 4]  # images of a 0, a 7 and a 4
first = trace(net, x[shown])[1].gives.cpu()  # behind the first ReLU

fig, axes = plt.subplots(3, 9, figsize=(5.5, 2.2))
for row, number, maps in zip(axes, shown, first, strict=True):
    for ax, part in zip(row, [x[number, 0].cpu(), *maps], strict=True):
        ax.imshow(part.numpy(), cmap="gray", vmin=0)
        ax.set(xticks=[], yticks=[])
for ax, title in zip(axes[0], ["image", *range(8)], strict=True):
    ax.set_title(title)
plt.show()
