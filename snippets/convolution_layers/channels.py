import matplotlib.pyplot as plt
import torch

from dlbook.convolution import conv2d
from dlbook.data import photo

image = photo("flower", width=50)[None]
blob = torch.ones(5, 5) / 25
kernel = torch.stack([blob, -0.5 * blob, -0.5 * blob])[None]
y = conv2d(image, kernel)
parts = [conv2d(image[:, [c]], kernel[:, [c]]) for c in range(3)]
print("image", tuple(image.shape), "kernel", tuple(kernel.shape))
print("feature map", tuple(y.shape))
print("sum of the parts:", torch.allclose(sum(parts), y, atol=1e-6))

fig, axes = plt.subplots(2, 4, figsize=(5.5, 2.1))
titles = ["red", "green", "blue", "× 1", "× -1/2", "× -1/2", "sum"]
maps = [*image[0], *(part[0, 0] for part in parts), y[0, 0]]
cells = axes.flat[[0, 1, 2, 4, 5, 6, 7]]
for i, (ax, title) in enumerate(zip(cells, titles, strict=True)):
    ax.imshow(maps[i].numpy(), cmap="gray", vmin=-0.5 * (i > 2), vmax=1)
    ax.set_title(title)
for ax in axes.flat:
    ax.set_axis_off()
plt.show()
