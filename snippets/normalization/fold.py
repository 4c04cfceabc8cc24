import torch
from torch import nn

from dlbook.convolution import Conv2d
from dlbook.data import digits
from dlbook.fully_connected import count_parameters
from dlbook.normalization import BatchNorm, folded

generator = torch.Generator().manual_seed(3)
x = digits()[0].double()
conv = Conv2d(1, 8, 3, bias=False, generator=generator)
both = nn.Sequential(conv, BatchNorm(8)).double()
for part in x.split(64):
    both(part)  # fills the averages
alone = folded(*both)
y, z = both.eval()(x), alone(x)
print("the same numbers:", torch.allclose(y, z))
print(f"parameters: {count_parameters(both)} and {count_parameters(alone)}")
print("the same in training:", torch.allclose(both.train()(x), z))
