import torch
from torch import nn

import dlbook
from dlbook.data import digits
from dlbook.forward import trace
from dlbook.fully_connected import MLP

model = nn.Sequential(
    nn.Flatten(),
    MLP([64, 32, 10], activation=nn.ReLU,
        generator=torch.Generator().manual_seed(0)),
).to(dlbook.device())
images = digits()[0][:100].to(dlbook.device())
for step in trace(model, images):
    takes, gives = (tuple(t.shape) for t in (step.takes, step.gives))
    dark = (step.gives == 0).float().mean()
    print(f"{step.name:15} {step.kind:7} {takes!s:14} -> {gives!s:9}"
          f" holds {step.holds:5,}, {100 * dark:2.0f} % zeros")
