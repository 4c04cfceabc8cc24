import matplotlib.pyplot as plt
import torch
from torch import nn

from dlbook.drawing import network
from dlbook.forward import trace
from dlbook.fully_connected import MLP

model = MLP([2, 2, 1], activation=nn.ReLU)
numbers = [[[1, -1], [-1, 0.5]], [0.5, 1], [[2, -3]], [-1]]
for p, values in zip(model.parameters(), numbers, strict=True):
    p.data = torch.tensor(values).float()
x = torch.tensor([2.0, 1])
first, active, last = trace(model, x)

fig, ax = plt.subplots(figsize=(5.5, 2.8))
network(ax, model, values=[x, active.gives, last.gives], numbers=True,
        names=["x", "a = max(0, z)", "z"])
plt.show()
