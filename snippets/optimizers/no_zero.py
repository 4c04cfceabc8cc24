from functools import partial

import torch

from dlbook.data import petals
from dlbook.gradient_descent import SGD, descend
from dlbook.gradient_descent.bowl import line_loss


class Forgetful(SGD):
    def zero_grad(self):
        pass


loss, paths = line_loss(*petals()), {}
start = torch.tensor([1.0, -1.5]).double()
for name, maker in [
    ("cleared", partial(SGD, lr=0.01)),
    ("forgotten", partial(Forgetful, lr=0.01)),
    ("momentum 1", partial(SGD, lr=0.01, momentum=1)),
]:
    paths[name] = descend(loss, start, maker, steps=500)
    late = loss(paths[name][400:])
    print(f"{name:10}: late losses {late.min():.2f} to {late.max():.2f}")
print("same path:", paths["forgotten"].allclose(paths["momentum 1"]))
