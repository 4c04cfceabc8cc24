import torch

from dlbook.data import photo

image = photo("flower", width=64)
layer = torch.nn.Conv2d(1, 6, 5)
print("image:", tuple(image.shape), " weight:", tuple(layer.weight.shape))
layer(image[None])
