import matplotlib.pyplot as plt
import numpy as np
import torch

from dlbook.convolution import conv2d
from dlbook.data import photo

image = photo("china", width=96).mean(0)
kernel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
edges = conv2d(image[None, None], kernel[None, None])[0, 0]
print("image", tuple(image.shape), "-> feature map", tuple(edges.shape))

fig, axes = plt.subplots(1, 3, figsize=(5.5, 1.7), width_ratios=[5, 2.2, 5])
axes[0].imshow(image.numpy(), cmap="gray")
axes[1].matshow(kernel.numpy(), cmap="cividis", alpha=0.3)
for (row, column), w in np.ndenumerate(kernel.numpy()):
    axes[1].text(column, row, f"{w:.0f}", ha="center", va="center")
axes[2].imshow(edges.numpy(), cmap="gray", vmin=-1.5, vmax=1.5)
for ax, title in zip(axes, ["image", "kernel", "feature map"], strict=True):
    ax.set_title(title)
    ax.set_axis_off()
plt.show()
