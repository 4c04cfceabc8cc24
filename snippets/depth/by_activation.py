import torch
from torch import nn

import dlbook
from dlbook.forward import saved_bytes
from dlbook.fully_connected import MLP

x = torch.zeros(100, 64, device=dlbook.device())
for activation in (nn.Identity, nn.ReLU, nn.Sigmoid, nn.Tanh,
                   nn.LeakyReLU, nn.GELU, nn.SiLU):
    model = MLP([64, 32, 32, 10], activation=activation).to(x.device)
    kept = saved_bytes(model, x)
    print(f"{activation.__name__:10} keeps {kept:,} bytes")
