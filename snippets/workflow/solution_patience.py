import torch

from dlbook.datasets import hold_out, load
from dlbook.training import Plan, create, train

g = torch.Generator().manual_seed(0)
many, validation = hold_out(load("fashion-small").train, 500, generator=g)
_, few = hold_out(many, 200, generator=g)
for patience in (3, 10, 30):
    plan = Plan(250, lr=0.05, patience=patience)
    curve = list(train(create("mlp"), few, plan, validation=validation))
    best = [epoch for epoch in curve if epoch.better][-1]
    print(f"patience {patience}: stopped after {len(curve)} epochs, best"
          f" {best.number}: {best.validation.accuracy:.1%} right")
