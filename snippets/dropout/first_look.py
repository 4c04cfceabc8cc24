import matplotlib.pyplot as plt
import torch
from torch import nn

import dlbook
from dlbook.data import digits
from dlbook.experiment import Data, Part, fit_many, split
from dlbook.fully_connected import MLP

x, y = (t.to(dlbook.device()) for t in digits())
data = split(x.flatten(1).double(), y, 0, validation=400, test=1197)
labels, rng = data.train.y.clone(), torch.Generator().manual_seed(0)
labels[:40] = torch.randint(10, (40,), generator=rng).to(labels)
data = Data(Part(data.train.x, labels), data.validation)
fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.6), sharey=True)
for ax, p in zip(axes, (0, 0.5), strict=True):
    def make(generator, hidden=nn.Sequential(nn.ReLU(), nn.Dropout(p))):
        sizes = [64, 128, 10]
        return MLP(sizes, activation=hidden, generator=generator).double()

    many = fit_many(make, range(3), data, steps=200, rates=0.01, batch=200)
    ax.semilogy(many.points, many.train[0].T.cpu(), "C0", ls="--")
    ax.semilogy(many.points, many.validation_loss[0].T.cpu(), "C1")
    ax.set(xlabel="steps", ylabel="loss", title=f"p = {p}")
plt.show()
