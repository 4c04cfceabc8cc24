import matplotlib.pyplot as plt
import numpy as np
import torch

from dlbook.pooling import avg_pool2d, max_pool2d

x = torch.tensor([[1, 3, 2, 0], [5, 7, 1, 1], [0, 2, 4, 4], [6, 4, 8, 0.0]])
largest, mean = (f(x[None, None], 2)[0, 0] for f in (max_pool2d, avg_pool2d))
panels = {"image": x, "max": largest, "average": mean}

fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.2), width_ratios=[2, 1, 1])
for ax, (title, panel) in zip(axes, panels.items(), strict=True):
    for (r, c), value in np.ndenumerate(panel.numpy()):
        block = (r // 2, c // 2) if title == "image" else (r, c)
        fill = (f"C{2 * block[0] + block[1]}", 0.25)
        ax.add_patch(plt.Rectangle((c, r), 1, 1, fc=fill, ec="0.5"))
        ax.text(c + 0.5, r + 0.52, f"{value:g}", ha="center", va="center")
    ax.set(xlim=(0, len(panel)), ylim=(len(panel), 0), aspect=1)
    ax.set_title(title)
    ax.set_axis_off()
plt.show()
