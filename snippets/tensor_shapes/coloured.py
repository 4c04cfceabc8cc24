# --8<-- [start:pictures]
import matplotlib.pyplot as plt
import torch
from torch import nn

from dlbook.data import digits

images, labels = digits()
g = torch.Generator().manual_seed(0)
ink, paper = torch.rand(2, len(images), 3, 1, 1, generator=g) / 2
x = 1 - paper + (ink + paper - 1) * images  # dark ink on bright paper


class Scrambled(nn.Module):
    """What view makes of the same pictures in NHWC."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).reshape(x.shape)


fig, axes = plt.subplots(2, 6, figsize=(5.5, 2))
for row, pictures in zip(axes, (x, Scrambled()(x)), strict=True):
    for ax, picture in zip(row, pictures, strict=False):
        ax.imshow(picture.permute(1, 2, 0).numpy())
        ax.set_axis_off()
plt.show()
# --8<-- [end:pictures]


# --8<-- [start:compare]
# about two minutes
import dlbook
from dlbook.experiment import compare, split

kinds = {
    "dense": lambda: [nn.Flatten(), nn.Linear(192, 64), nn.ReLU(),
                      nn.Linear(64, 10)],
    "convolutions, then dense": lambda: [
        nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(128, 10)],
    "convolutions, then a global maximum": lambda: [
        nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(4),
        nn.Flatten(), nn.Linear(32, 10)],
}
x, y = x.to(dlbook.device()), labels.to(dlbook.device())
data = split(x, y, seed=0, validation=300, test=797)
for kind, layers in kinds.items():
    nets = {"right": lambda make=layers: nn.Sequential(*make()),
            "scrambled": lambda make=layers: nn.Sequential(
                Scrambled(), *make())}
    result = compare(nets, data, steps=600, rates=(3e-3, 1e-2))
    print(f"{kind}:\n{result}")
# --8<-- [end:compare]
