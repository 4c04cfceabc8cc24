import torch
from torch import nn

from dlbook.torch_nn import hidden


class Deep(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = [nn.Linear(64, 64) for _ in range(3)]
        self.scores = nn.Linear(64, 10)
        self.gain = torch.ones(64, requires_grad=True)

    def forward(self, x):
        for block in self.blocks:
            x = block(x).relu() * self.gain
        return self.scores(x)


net = Deep()
net(torch.ones(1, 64)).sum().backward()
print("known:", [name for name, _ in net.named_parameters()])
print("hidden:", hidden(net))
print("has a gradient all the same:", net.blocks[0].weight.grad is not None)
print("moved by .double():", net.double().blocks[0].weight.dtype)
