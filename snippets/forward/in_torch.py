import torch
from torch import nn

from dlbook.fully_connected import MLP

theirs = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
numbers = [[[1, -1], [-1, 0.5]], [0.5, 1], [[2, -3]], [-1]]
for p, values in zip(theirs.parameters(), numbers, strict=True):
    p.data = torch.tensor(values).double()
ours = MLP([2, 2, 1]).double()
for p, other in zip(ours.parameters(), theirs.parameters(), strict=True):
    p.data = other.data.clone()

x = torch.tensor([[2.0, 1]]).double()
for name, model in (("torch", theirs), ("ours", ours)):
    z = model(x)
    p = torch.sigmoid(z)
    print(f"{name:5} z = {z.item():g}, probability {p.item():.3f}")
