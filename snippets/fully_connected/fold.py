import matplotlib.pyplot as plt
import torch

from dlbook.fully_connected import MLP

net = MLP([2, 2, 1])
for p, numbers in zip(net.parameters(), [
        [[1, -1], [-1, 1]], [0, 0], [[1, 1]], [0]], strict=True):
    p.data = torch.tensor(numbers).float()
x = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])
h, y = torch.relu(net.layers[0](x)), net(x)
for corner in range(4):  # input, hidden layer, output
    print(*(t[corner].int().tolist() for t in (x, h, y)), sep="  ")

side = torch.linspace(-0.5, 1.5, 41)
shade = net(torch.cartesian_prod(side, side)).detach().reshape(41, 41)
fig, (left, right) = plt.subplots(1, 2, figsize=(5.5, 2.7))
left.imshow(shade.T.numpy(), extent=(-0.5, 1.5, -0.5, 1.5), origin="lower")
right.plot([0, 0, 1.4], [1.4, 0, 0], color="0.7", lw=5)
right.plot([-0.2, 0.7], [0.7, -0.2], color="0.5")  # h₁ + h₂ = 1/2
for ax, points, name in ((left, x, "x"), (right, h.detach(), "h")):
    for point, one in zip(points.tolist(), y, strict=True):
        ax.plot(*point, "o" if one > 0.5 else "x", color="C1", ms=9)
    ax.set(xlabel=f"{name}₁", ylabel=f"{name}₂", aspect="equal")
plt.show()
