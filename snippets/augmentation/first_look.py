import matplotlib.pyplot as plt
import torch

from dlbook import augmentation as au
from dlbook.data import photo

x, rng = photo("flower", width=96)[None], torch.Generator().manual_seed(2)
axes = au.colour_axes(x)
along = axes.vectors * axes.values.sqrt()  # an axis in each column
views = {
    "the photo": x,
    "flip": au.flip(x, torch.tensor([True])),
    "crop": au.crop(x, torch.tensor([[4, 30]]), (44, 66)),
    "colour, axis 1": au.shift_colours(x, 0.7 * along[None, :, 0]),
    "colour, axis 2": au.shift_colours(x, -1.5 * along[None, :, 1]),
    "rotation": au.rotate(x, torch.tensor([15.0])),
    "cutout": au.random_cutout(x, 24, rng),
    "mixup": 0.6 * x + 0.4 * photo("china", width=96),
}
fig, axs = plt.subplots(2, 4, figsize=(5.5, 2.4))
for ax, (name, view) in zip(axs.flat, views.items(), strict=True):
    ax.imshow(au.to_bytes(view)[0].permute(1, 2, 0).numpy())
    ax.set(title=name, xticks=[], yticks=[])
plt.show()
