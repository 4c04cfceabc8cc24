import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.training import fit

x, y = (t.to(dlbook.device()) for t in digits())
x, g = x.double(), torch.Generator().manual_seed(0)
net = CNN((1, 8, 8), [8, 16], [10], generator=g).to(x)
start = net.features[0].weight.detach().clone()  # 8, 1, 3, 3
fit(net, x, y, steps=300, generator=g)
learned = net.features[0].weight.detach()
pairs = torch.stack([start, learned], 1).flatten(2)
alike = [f"{torch.corrcoef(pair)[0, 1]:.1f}" for pair in pairs]
print("correlation with the start:", *alike)
fig, axes = plt.subplots(2, 8, figsize=(5.5, 1.7))
for row, kernels in zip(axes, (start, learned), strict=True):
    top = kernels.abs().max().item()
    for ax, kernel in zip(row, kernels[:, 0].cpu().numpy(), strict=True):
        ax.imshow(kernel, cmap="gray", vmin=-top, vmax=top)
        ax.set(xticks=[], yticks=[])
    row[0].set_ylabel("learned" if kernels is learned else "start")
plt.show()
