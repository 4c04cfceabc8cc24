import matplotlib.pyplot as plt
import torch
from torch.nn.functional import affine_grid, grid_sample

from dlbook.augmentation import rotate
from dlbook.data import digits

x, angle = digits()[0][:1].double(), torch.tensor([20.0]).double()
phi = angle.deg2rad()
matrix = torch.stack([phi.cos(), -phi.sin(), 0 * phi,
                      phi.sin(), phi.cos(), 0 * phi], 1).reshape(1, 2, 3)
grid = affine_grid(matrix, [1, 1, 8, 8], align_corners=False)
turned = rotate(x, angle)
print("like grid_sample:", torch.allclose(
    turned, grid_sample(x, grid, align_corners=False)))
blocky = grid_sample(x, grid, mode="nearest", align_corners=False)
back = rotate(turned, -angle)
fig, axs = plt.subplots(1, 4, figsize=(5.5, 1.7))
names = "digit", "nearest", "bilinear", "and back"
for ax, name, image in zip(axs, names, (x, blocky, turned, back),
                           strict=True):
    ax.imshow(image[0, 0].numpy(), cmap="gray_r", vmin=0, vmax=1)
    ax.set(title=name, xticks=[], yticks=[])
plt.show()
