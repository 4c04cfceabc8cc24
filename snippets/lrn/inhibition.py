import matplotlib.pyplot as plt
import torch

from dlbook.convolution import conv2d
from dlbook.data import photo
from dlbook.lrn import lrn

image = photo("flower", width=80).mean(0)[None, None]
down = torch.tensor([[-1.0, -2, -1], [0, 0, 0], [1, 2, 1]])
turns = torch.arange(-2, 18)[:, None, None] * torch.pi / 8
bank = turns.cos() * down.T + turns.sin() * down  # edge filters
a = 255 * conv2d(image, bank[:, None]).relu()  # pixels from 0 to 255
stacks = {"before": a, "after": lrn(a)}  # with the paper's constants

fig, axes = plt.subplots(2, 3, figsize=(5.5, 2.7))
for row, (name, maps) in zip(axes, stacks.items(), strict=True):
    maps = maps[:, 2:-2] / maps[:, 2:-2].max()  # 16 whole windows
    weak = 100 * (maps[maps > 0] < 0.1).double().mean()
    first, _, third = maps.topk(3, dim=1).values.double().mean((0, 2, 3))
    print(f"{name}: {weak:.0f} % are under a tenth of the largest;", end=" ")
    print(f"the third strongest has {100 * third / first:.0f} % of the first")
    for ax, channel in zip(row, (0, 4, 8), strict=True):
        ax.imshow(maps[0, channel].numpy(), cmap="gray", vmax=0.8)
        ax.set(title=f"{name}, {channel}", xticks=[], yticks=[])
plt.show()
