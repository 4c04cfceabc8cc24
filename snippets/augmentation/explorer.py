import matplotlib.pyplot as plt
import torch

from dlbook import augmentation as au
from dlbook.data import photo

x = au.to_bytes(photo("flower", width=72)[None]) / 255
axes = au.colour_axes(x)
alpha = 0.1 * torch.tensor([2.0, -1.0, 0.0]).double()  # in units of sigma
shift = axes.vectors @ (alpha * axes.values.sqrt())
view = au.crop(x, torch.tensor([[4, 6]]), (32, 48))
view = au.shift_colours(au.flip(view, torch.tensor([True])), shift[None])
fig, pair = plt.subplots(1, 2, figsize=(5.5, 2.1))
pair[0].add_patch(plt.Rectangle((5.5, 3.5), 48, 32, fill=False, color="w"))
for ax, image, name in zip(pair, (x, view), ("photo", "view"), strict=True):
    ax.imshow(au.to_bytes(image)[0].permute(1, 2, 0).numpy())
    ax.set(title=name, xticks=[], yticks=[])
plt.show()
