import torch
from torch import nn

from dlbook.data import digits
from dlbook.forward import trace
from dlbook.fully_connected import MLP

x = digits()[0].flatten(1)
for shift in (0, -0.2, -0.4):
    model = MLP([64, 32, 10], activation=nn.ReLU,
                generator=torch.Generator().manual_seed(0))
    model.layers[0].bias.data += shift
    _, hidden, _ = (step.gives for step in trace(model, x))
    dead = (hidden == 0).all(0).sum()
    print(f"biases moved by {shift:4}: {dead:2} of 32 units are never awake")
