from functools import partial

import torch

from dlbook.data import petals
from dlbook.gradient_descent import Optimizer, descend
from dlbook.gradient_descent.bowl import line_loss


class RMSprop(Optimizer):
    def direction(self, grad, memory):
        s = memory.get("s", torch.zeros_like(grad))
        memory["s"] = 0.99 * s + 0.01 * grad.square()
        return grad / (memory["s"].sqrt() + 1e-8)


loss = line_loss(*petals())
start = torch.tensor([1.0, -1.5]).double()
makers = partial(RMSprop, lr=0.01), partial(torch.optim.RMSprop, lr=0.01)
ours, theirs = (descend(loss, start, maker, steps=200) for maker in makers)
print("equal at every step:", ours.allclose(theirs))
