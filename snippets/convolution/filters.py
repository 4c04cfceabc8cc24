import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.convolution import conv2d
from dlbook.data import photo

grey = photo("china", width=72).mean(0)[None, None].to(dlbook.device())
same = torch.tensor([[0.0, 0, 0], [0, 1, 0], [0, 0, 0]])
blur = torch.ones(3, 3) / 9
sobel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
kernels = torch.stack([same, blur, 2 * same - blur, sobel, sobel.T])
maps = conv2d(grey, kernels[:, None].to(grey), padding="same")[0].cpu()
print("sum of each kernel:", kernels.sum((1, 2)).round().int().tolist())

maps[3:] = maps[3:].abs()
fig, axes = plt.subplots(2, 3, figsize=(5.5, 2.8))
titles = ["photo", "blur", "sharpen", "upright edges", "level edges", "both"]
maps = [*maps, (maps[3] ** 2 + maps[4] ** 2).sqrt()]
for i, (ax, title) in enumerate(zip(axes.flat, titles, strict=True)):
    ax.imshow(maps[i].numpy(), cmap="gray", vmin=0, vmax=1 + i // 3)
    ax.set_title(title)
    ax.set_axis_off()
plt.show()
