from functools import partial

import matplotlib.pyplot as plt
import torch

from dlbook.data import petals
from dlbook.gradient_descent import SGD, descend
from dlbook.gradient_descent.bowl import line_loss

x, y = petals()  # length and width of 150 petals, in cm
loss, start = line_loss(x, y), torch.tensor([1.0, -1.5]).double()
path = descend(loss, start, partial(SGD, lr=0.045), steps=400)
fig, (data, land) = plt.subplots(1, 2, figsize=(5.5, 2.7))
grid = torch.linspace(0.0, 1.2, 50), torch.linspace(-1.8, 0.4, 50)
height = loss(torch.cartesian_prod(*grid)).log().reshape(50, 50).T
land.contour(*grid, height, 12, colors="0.6", linestyles="-")
land.plot(*path.T, ".-", color="C1", lw=1)
land.set(xlabel="w", ylabel="b")
data.plot(x, y, ".", color="0.6", ms=4)
for step, color in (0, "C3"), (1, "C4"), (4, "C2"), (400, "C0"):
    w, b = path[step]
    data.plot(x, w * x + b, color=color, label=f"step {step}")
data.set(xlabel="length x", ylabel="width y", ylim=(-2.6, 4))
data.legend(loc="lower right")
plt.show()
