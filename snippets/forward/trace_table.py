import torch
from torch import nn

from dlbook.forward import trace

model = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1),
                      nn.Sigmoid())
numbers = [[[1, -1], [-1, 0.5]], [0.5, 1], [[2, -3]], [-1]]
for p, values in zip(model.parameters(), numbers, strict=True):
    p.data = torch.tensor(values).float()


def listed(tensor):
    return [f"{value:.2f}" for value in tensor.flatten().tolist()]


for step in trace(model, torch.tensor([2.0, 1])):
    print(f"{step.name} {step.kind:8} {listed(step.takes)} -> "
          f"{listed(step.gives)}, {step.holds} parameters")
