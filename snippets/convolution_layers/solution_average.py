import torch

from dlbook.convolution import conv2d
from dlbook.data import photo

x = photo("flower", width=96)[None]
box = torch.full((3, 1, 2, 2), 1 / 4)
pooled = conv2d(x, box, stride=2, groups=3)
expected = torch.nn.functional.avg_pool2d(x, 2)
print(tuple(x.shape), "->", tuple(pooled.shape))
print("average pooling:", torch.allclose(pooled, expected, atol=1e-6))
