import torch

import dlbook
from dlbook.datasets import hold_out, load
from dlbook.lenet import LeNet
from dlbook.training import Plan, evaluate, train
from dlbook.training.recipes import ONE_CYCLE

data = load("fashion-small")
g = torch.Generator().manual_seed(0)
fit, held = hold_out(data.train, 3000, generator=g)
model = LeNet(generator=g).to(dlbook.device())
plan = Plan(epochs=3, batch=64, recipe=ONE_CYCLE, clip=5.0, patience=2)
for epoch in train(model, fit, plan, validation=held):
    print(f"epoch {epoch.number}: {epoch.step} steps, loss {epoch.loss:.1f},",
          f"validation {epoch.validation.accuracy:.1f}")
print(f"test: {evaluate(model, data.test).accuracy:.1f}")
