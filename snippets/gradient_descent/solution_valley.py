from functools import partial

import torch

from dlbook.gradient_descent import SGD, descend
from dlbook.gradient_descent.bowl import best_step, bowl

lr, factor = best_step(1, 9)
loss = bowl(torch.tensor([1.0, 9]).double().diag())
start = torch.ones(2).double()
path = descend(loss, start, partial(SGD, lr=lr), steps=40)
far = path.norm(dim=1) > 0.01 * path[0].norm()
print(f"η = {lr}, factor {factor}: {far.sum()} steps")
