import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.cnn import CNN
from dlbook.cnn_training import fit
from dlbook.data import digits

x, y = (t.to(dlbook.device()) for t in digits())
x, g = x.double(), torch.Generator().manual_seed(0)
net = CNN((1, 8, 8), [8, 16], [10], generator=g).to(x)
weight = net.features[0].weight  # 8 kernels, 1 channel, 3 by 3
start = weight.detach().clone()
fit(net, x, y, steps=300, generator=g)
pairs = torch.stack([start, weight.detach()]).flatten(2).unbind(1)
alike = [torch.corrcoef(pair)[0, 1].item() for pair in pairs]
print("correlation with the start:", *(f"{r:.1f}" for r in alike))

fig, axes = plt.subplots(2, 8, figsize=(5.5, 1.7))
for row, kernels in zip(axes, (start, weight.detach()), strict=True):
    most = kernels.abs().max().item()
    for ax, kernel in zip(row, kernels[:, 0].cpu(), strict=True):
        ax.imshow(kernel.numpy(), cmap="gray", vmin=-most, vmax=most)
        ax.set(xticks=[], yticks=[])
axes[0, 0].set_ylabel("start")
axes[1, 0].set_ylabel("learned")
plt.show()
