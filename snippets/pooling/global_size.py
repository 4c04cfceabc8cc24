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

for stride in (1, 2, 4):
    conv = nn.Conv2d(3, 8, 3, stride, 1, padding_mode="circular").to(x)
    conv.weight.data = weight
    y = [global_avg_pool2d(conv(x.roll(t, 3)).relu()) for t in range(9)]
    still = [t for t in range(9) if y[t].allclose(y[0])]
    print(f"stride {stride}: the same after a shift by", *still)
