import torch
from torch import nn

from dlbook.torch_nn import MiniModule


class MiniList(MiniModule):
    def __init__(self, modules):
        super().__init__()
        for number, module in enumerate(modules):
            setattr(self, str(number), module)
    def __getitem__(self, number):
        return getattr(self, str(number))


def dense():
    layer = MiniModule()
    layer.weight = nn.Parameter(torch.zeros(3, 2))
    return layer


net = MiniModule()
net.blocks = MiniList([dense(), dense()])
print([name for name, _ in net.named_parameters()])
print(tuple(net.blocks[1].weight.shape))
