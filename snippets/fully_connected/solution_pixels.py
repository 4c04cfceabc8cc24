import torch

from dlbook.data import digits
from dlbook.fully_connected import MLP

x = digits()[0].flatten(1).double()
g = torch.Generator().manual_seed(0)
order = torch.randperm(64, generator=g)
net, other = MLP([64, 32, 10], generator=g), MLP([64, 32, 10])
other.load_state_dict(net.state_dict())
first = other.layers[0]
first.weight.data = first.weight.data[:, order]  # columns, as the pixels
same = net.double()(x).allclose(other.double()(x[:, order]))
print("the same scores for shuffled pixels:", same)
