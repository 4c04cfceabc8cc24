import torch

from dlbook.alexnet import SmallAlexNet
from dlbook.data import photo

x = 255 * photo()[None, :, 100:132, 100:132]  # a batch of one image
g = torch.Generator().manual_seed(0)
for name, layer in SmallAlexNet(generator=g).features[:4].named_children():
    batch, alone = layer(x), layer(x[0])
    far = (alone - batch[0]).abs().max() / batch.abs().max()
    print(f"{name}: {tuple(batch.shape)} and {tuple(alone.shape)},"
          f" largest difference {far:.0%}")
    x = batch.detach()
