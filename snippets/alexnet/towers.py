import torch
from torch.nn import functional

from dlbook.alexnet import AlexNet2012
from dlbook.cnn import layer_table
from dlbook.convolution import Conv2d

c2 = Conv2d(96, 256, 5, padding=2, groups=2).double()
g = torch.Generator().manual_seed(0)
x = torch.rand(1, 96, 9, 9, generator=g, dtype=torch.float64)
maps, kernels, biases = x.chunk(2, 1), c2.weight.chunk(2), c2.bias.chunk(2)
towers = [functional.conv2d(*each, padding=2)
          for each in zip(maps, kernels, biases, strict=True)]
print("two towers:", torch.allclose(c2(x), torch.cat(towers, 1)))
with torch.device("meta"):
    image = torch.zeros(1, 3, 227, 227)
    found = [layer_table(AlexNet2012(towers=n), image) for n in (1, 2)]
for one, two in zip(*found, strict=True):
    if one.parameters != two.parameters:
        print(f"{one.name[-2:]}: {one.parameters:9,} parameters,"
              f" {two.parameters:7,} with two groups")
