import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.training import fit

x, y = (t.to(dlbook.device()) for t in digits())
x, g = x.double(), torch.Generator().manual_seed(0)
net = CNN((1, 8, 8), [8, 16], [10], generator=g).to(x)
fit(net, x, y, steps=200, generator=g)
fig, axes = plt.subplots(2, 6, figsize=(5.5, 2))
for number, column in zip((1, 7, 4, 5, 6, 9), axes.T, strict=True):
    covered = x[number].repeat(49, 1, 1, 1)
    for place in range(49):  # a square of 2 by 2 without ink
        i, j = divmod(place, 7)
        covered[place, 0, i : i + 2, j : j + 2] = 0
    p = net(covered).softmax(1)[:, y[number]].detach().reshape(7, 7).cpu()
    column[0].imshow(x[number, 0].cpu().numpy(), cmap="gray")
    column[1].imshow(p.numpy(), vmin=0, vmax=1)
for ax in axes.flat:
    ax.set_axis_off()
plt.show()
