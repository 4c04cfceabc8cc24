from functools import partial

import matplotlib.pyplot as plt
import torch

from dlbook.gradient_descent import SGD, descend
from dlbook.gradient_descent.bowl import bowl

loss = bowl(torch.tensor([[1.0, 0.0], [0.0, 20.0]]).double())
start = torch.tensor([-2.5, 1.0]).double()
path = descend(loss, start, partial(SGD, lr=0.09), steps=40)
falls = loss(path)
print(f"loss {falls[0].item():.1f} at the start,"
      f" {falls[-1].item():.4f} after 40 steps")

fig, (surface, curve) = plt.subplots(1, 2, figsize=(5.5, 2.6))
side = torch.linspace(-3, 3, 61).double()
height = loss(torch.cartesian_prod(side, side)).reshape(61, 61).T
levels = [0.1, 0.5, 2, 5, 12, 25, 45, 70]
surface.contour(side, side, height, levels, colors="0.7")
surface.plot(*path.T, ".-", color="C1", lw=1, ms=4)
surface.set(xlabel="x", ylabel="y", aspect="equal")
curve.semilogy(falls, "C0")
curve.set(xlabel="step", title="loss")
plt.show()
