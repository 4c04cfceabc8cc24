import torch
from torch import nn

import dlbook
from dlbook.torch_nn import MiniModule

g = torch.Generator().manual_seed(0)
x = torch.randn(5, 4, generator=g).to(dlbook.device())
nets = []
for Base in (MiniModule, nn.Module):
    class Dense(Base):
        def __init__(self, d_in, d_out):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(d_out, d_in, generator=g))
        def forward(self, x):
            return x @ self.weight.T
    net = Base()
    net.first, net.second = Dense(4, 3), Dense(3, 2)
    nets.append(net.to(dlbook.device()))
nets[0].load_state_dict(nets[1].state_dict())
for net in nets:
    net.second(net.first(x).relu()).square().sum().backward()
pairs = nets[0].named_parameters(), nets[1].parameters()
for (name, p), q in zip(*pairs, strict=True):
    print(name, tuple(p.shape), torch.equal(p.grad, q.grad))
