import torch
from torch import nn

import dlbook
from dlbook.data import photo
from dlbook.pooling import global_avg_pool2d

x = photo("flower", width=64)[None].double().to(dlbook.device())
g = torch.Generator().manual_seed(0)
weight = torch.randn(8, 3, 3, 3, generator=g).to(x)
for size in (x, x[..., :20, :]):
    maps = nn.functional.conv2d(size, weight)
    print(tuple(maps.shape), "->", tuple(global_avg_pool2d(maps).shape))
torchs = nn.AdaptiveAvgPool2d(1)(maps).flatten(1)
print("as torch:", global_avg_pool2d(maps).allclose(torchs))
