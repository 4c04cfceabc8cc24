import torch
from torch import nn

from dlbook.pooling import avg_pool2d


class Subsampling(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(channels, 1, 1))
        self.bias = nn.Parameter(torch.zeros(channels, 1, 1))

    def forward(self, x):
        sums = avg_pool2d(x, 2, divisor_override=1)
        return (self.gain * sums + self.bias).sigmoid()


layer = Subsampling(6)
x = torch.randn(2, 6, 28, 28, generator=torch.Generator().manual_seed(0))
print(tuple(layer(x).shape), sum(p.numel() for p in layer.parameters()))

conv = nn.Conv2d(6, 6, 2, stride=2, groups=6)  # all four weights the gain
conv.weight.data = layer.gain.data[..., None].expand(6, 1, 2, 2)
conv.bias.data = layer.bias.data.flatten()
print("a tied depthwise convolution:", layer(x).allclose(conv(x).sigmoid()))
