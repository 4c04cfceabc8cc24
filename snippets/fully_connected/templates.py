import matplotlib.pyplot as plt
import torch
from torch import nn

from dlbook.data import digits
from dlbook.fully_connected import MLP

images, labels = digits()
x = images.flatten(1).double()
g = torch.Generator().manual_seed(0)
fig, axes = plt.subplots(2, 5, figsize=(5.5, 2.5))
for row, sizes in zip(axes, ([64, 10], [64, 32, 10]), strict=True):
    net = MLP(sizes, generator=g).double()
    step = torch.optim.Adam(net.parameters(), lr=0.03, weight_decay=1e-3)
    for _ in range(200):
        step.zero_grad()
        nn.functional.cross_entropy(net(x), labels).backward()
        step.step()
    for unit, ax in enumerate(row):
        weights = net.layers[0].weight[unit].detach().reshape(8, 8)
        most = weights.abs().max()
        ax.imshow(weights.numpy(), cmap="gray", vmin=-most, vmax=most)
        name = "unit for" if len(sizes) == 2 else "hidden unit"
        ax.set(title=f"{name} {unit}", xticks=[], yticks=[])
plt.show()
