import math

import torch

from dlbook.fully_connected import MLP

g = torch.Generator().manual_seed(0)
net, other = MLP([4, 5, 3], generator=g), MLP([4, 5, 3])
order = torch.randperm(5, generator=g)
hidden, last = net.layers
other.load_state_dict({
    "layers.0.weight": hidden.weight[order],  # rows
    "layers.0.bias": hidden.bias[order],
    "layers.1.weight": last.weight[:, order],  # columns
    "layers.1.bias": last.bias,
})
x = torch.randn(100, 4, dtype=torch.float64, generator=g)
print("the same:", net.double()(x).allclose(other.double()(x)))
print("orders of 5 units:", math.factorial(5))
