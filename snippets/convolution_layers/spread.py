import matplotlib.pyplot as plt
import numpy as np
import torch

from dlbook.convolution.gradient import input_gradient

grad_y = torch.tensor([[1.0, 2], [3, 4]])[None, None]
w = torch.tensor([[1.0, 0, -1], [2, 1, 0], [0, 0, -1]])[None, None]
spread = torch.zeros(7, 7)
spread[2:5:2, 2:5:2] = grad_y[0, 0]
grad_x = input_gradient(grad_y, w, (5, 5), stride=2)

fig, axes = plt.subplots(1, 4, figsize=(5.5, 1.9), width_ratios=[2, 7, 3, 5])
panels = [grad_y[0, 0], spread, w[0, 0].flip(0, 1), grad_x[0, 0]]
titles = ["dL/dy", "spread", "flipped", "dL/dx"]
for ax, panel, title in zip(axes, panels, titles, strict=True):
    for (r, c), value in np.ndenumerate(panel.numpy()):
        fill = ("C0", 0.25) if value else "none"
        ax.add_patch(plt.Rectangle((c, r), 1, 1, fc=fill, ec="0.5"))
        ax.text(c + 0.5, r + 0.52, f"{value:.0f}", ha="center", va="center")
    ax.set(xlim=(0, len(panel.T)), ylim=(len(panel), 0), aspect=1)
    ax.set_title(title)
    ax.set_axis_off()
plt.show()
