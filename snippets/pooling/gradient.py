import matplotlib.pyplot as plt
import numpy as np
import torch

from dlbook.pooling import avg_pool2d_gradient, max_pool2d_gradient

x = torch.tensor([[1, 2, 0, 1.0], [0, 9, 3, 3], [4, 1, 0, 3], [4, 0, 2, 5]])
grad_y = torch.tensor([[1.0, 2], [4, 8]])[None, None]
k2 = max_pool2d_gradient(grad_y, x[None, None], 2)
k3 = max_pool2d_gradient(grad_y, x[None, None], 3, stride=1)
mean = avg_pool2d_gradient(grad_y, (4, 4), 2)
panels = {"image": x, "max, k=2": k2[0, 0], "max, k=3 s=1": k3[0, 0],
          "average, k=2": mean[0, 0]}

fig, axes = plt.subplots(2, 2, figsize=(4.2, 4.2))
for ax, (title, panel) in zip(axes.flat, panels.items(), strict=True):
    for (r, c), value in np.ndenumerate(panel.numpy()):
        block = f"C{2 * (r // 2) + c // 2}" if "2" in title else "C0"
        fill = (block, 0.25) if value and title != "image" else "none"
        ax.add_patch(plt.Rectangle((c, r), 1, 1, fc=fill, ec="0.5"))
        ax.text(c + 0.5, r + 0.52, f"{value:g}", ha="center", va="center")
    ax.set(xlim=(0, 4), ylim=(4, 0), aspect=1, title=title)
    ax.set_axis_off()
plt.show()
