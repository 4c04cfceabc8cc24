import torch

from dlbook.convolution import conv2d

g = torch.Generator().manual_seed(0)
x = torch.randn(1, 3, 4, 4, generator=g, dtype=torch.float64)
w = torch.randn(2, 3, 1, 1, generator=g, dtype=torch.float64)

y = conv2d(x, w)
pixels = x[0].flatten(1)  # 3 channels, 16 pixels
print("as a matrix product:", tuple(w[:, :, 0, 0].shape), tuple(pixels.shape))
print("equal:", torch.allclose(w[:, :, 0, 0] @ pixels, y[0].flatten(1)))
