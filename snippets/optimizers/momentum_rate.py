from functools import partial

import matplotlib.pyplot as plt
import torch

from dlbook.data import petals
from dlbook.gradient_descent import SGD, descend
from dlbook.gradient_descent.bowl import best_momentum, best_step, bowl

columns = torch.stack([petals()[0], torch.ones(150).double()], 1)
hessian = 2 / 150 * columns.T @ columns
low, high = torch.linalg.eigvalsh(hessian).tolist()
lr, slow = best_step(low, high)
fast, friction, quick = best_momentum(low, high)
plain, heavy = partial(SGD, lr=lr), partial(SGD, lr=fast, momentum=friction)
loss, steps = bowl(hessian), torch.arange(121)
plt.subplot(xlabel="step", ylabel="gap to the lowest loss")
for name, maker, rho in ("plain", plain, slow), ("momentum", heavy, quick):
    gap = loss(descend(loss, torch.ones(2).double(), maker, steps=120))
    plt.semilogy(gap, label=name)
    plt.semilogy(gap[0] * rho ** (2 * steps), ":", color="0.4")
    late = (gap[120] / gap[60]) ** (1 / 120)
    print(f"{name:8}: factor {rho:.3f}, measured {late:.3f}")
plt.legend()
plt.show()
