import torch
from torch import nn

import dlbook
from dlbook.data import photo
from dlbook.pooling import global_avg_pool2d

x = photo("flower", width=64)[None].double().to(dlbook.device())
g = torch.Generator().manual_seed(0)
weight = torch.randn(8, 3, 3, 3, generator=g).to(x)
for stride in (1, 2, 4):
    conv = nn.Conv2d(3, 8, 3, stride, 1, padding_mode="circular").to(x)
    conv.weight.data, conv.bias.data = weight, torch.zeros(8).to(x)
    y = [global_avg_pool2d(conv(x.roll(t, 3)).relu()) for t in range(9)]
    still = [t for t in range(9) if y[t].allclose(y[0])]
    print(f"stride {stride}: the same after a shift by", *still)
