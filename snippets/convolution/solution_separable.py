import torch

from dlbook.convolution import conv2d
from dlbook.data import photo

x = photo("china", width=96).mean(0)[None, None].double()
down = torch.tensor([1.0, 2, 1], dtype=x.dtype)
across = torch.tensor([-1.0, 0, 1], dtype=x.dtype)
sobel = torch.outer(down, across)
print(sobel.int())

once = conv2d(x, sobel[None, None])
twice = conv2d(x, across[None, None, None])
twice = conv2d(twice, down[None, None, :, None])
print("equal:", torch.allclose(once, twice))
print("multiply-adds per pixel:", sobel.numel(), "and", 3 + 3)
