import torch

from dlbook.cnn import CNN
from dlbook.data import digits

x, g = digits()[0][:50].double(), torch.Generator().manual_seed(0)
net = CNN((1, 8, 8), [8, 16], [10], generator=g).double()
before, order = net(x), torch.randperm(8, generator=g)
first, second = net.features[0], net.features[3]
first.weight.data = first.weight.data[order]
first.bias.data = first.bias.data[order]
print("kernels moved:  ", torch.allclose(net(x), before))
second.weight.data = second.weight.data[:, order]
print("readers as well:", torch.allclose(net(x), before))
