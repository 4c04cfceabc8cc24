import torch
from torch import nn

torch.manual_seed(0)
layer, state = nn.RNN(1, 4), None
optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
for piece in torch.zeros(20, 1, 1).split(10):
    y, state = layer(piece, state)
    optimizer.zero_grad()
    y.sum().backward()
    optimizer.step()
