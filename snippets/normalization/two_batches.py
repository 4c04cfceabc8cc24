import torch
from torch import nn

from dlbook.data import digits
from dlbook.lrn import LocalResponseNorm
from dlbook.normalization import BatchNorm, GroupNorm, InstanceNorm, LayerNorm

images, labels = digits()
same = images[:1]  # a zero, once among zeros and once among ones
batches = [torch.cat([same, images[labels == k][1:16]]) for k in (0, 1)]
generator = torch.Generator().manual_seed(0)
conv = nn.Conv2d(1, 8, 3)
nn.init.normal_(conv.weight, std=0.5, generator=generator)
layers = {"batch": BatchNorm(8), "layer": LayerNorm((8, 6, 6)),
          "instance": InstanceNorm(8), "group": GroupNorm(2, 8),
          "LRN": LocalResponseNorm(alpha=1)}
with torch.no_grad():
    for name, layer in layers.items():
        for mode in "training", "testing":
            layer.train(mode == "training")
            one, other = (layer(conv(batch))[0] for batch in batches)
            far = ((one - other).norm() / one.norm()).item()
            print(f"{name:8} in {mode}: the same image differs by {far:4.0%}")
