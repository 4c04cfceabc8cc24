from functools import partial

import torch

from dlbook.data import petals
from dlbook.gradient_descent import SGD, descend
from dlbook.gradient_descent.bowl import line_loss


class Nesterov(SGD):
    def direction(self, grad, memory):
        v = super().direction(grad, memory)
        return grad + self.momentum * v  # as if v were applied once more


loss = line_loss(*petals())
start = torch.tensor([1.0, -1.5]).double()
how = {"lr": 0.02, "momentum": 0.9}
ours = descend(loss, start, partial(Nesterov, **how), steps=200)
torchs = partial(torch.optim.SGD, nesterov=True, **how)
theirs = descend(loss, start, torchs, steps=200)
print("equal at every step:", ours.allclose(theirs))
