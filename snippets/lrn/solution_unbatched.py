import torch

from dlbook.lrn import lrn

g = torch.Generator().manual_seed(0)
image = 100 * torch.randn(8, 6, 5, generator=g)  # channels, rows, columns
right = lrn(image[None])[0]
print("with the axis of images:", tuple(right.shape))
print("without, the shape is the same:", lrn(image).shape == right.shape)
print("and so are the numbers:", lrn(image).allclose(right))
