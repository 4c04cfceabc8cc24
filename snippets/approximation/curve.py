import matplotlib.pyplot as plt
import torch

from dlbook.approximation import pieces
from dlbook.data import photo

grey = photo("china", width=160).mean(0).double()
x = torch.linspace(0, 1, 160).double()
curve = pieces(x, grey[42])  # one row; its pixels joined by lines
fig, (top, bottom) = plt.subplots(
    2, 1, figsize=(5.5, 5.6), sharex=True, height_ratios=[1.5, 1])
top.imshow(grey.numpy(), cmap="gray", extent=(0, 1, 107, 0), aspect="auto")
top.axhline(42.5, color="C1")
top.set_axis_off()
bottom.plot(x, grey[42], color="C1", label="the row")
for n, colour in ((8, "C0"), (32, "C2")):
    knots = torch.linspace(0, 1, n + 1).double()
    net = pieces(knots, curve(knots[:, None])[:, 0])
    y = net(x[:, None])[:, 0].detach()
    bottom.plot(x, y, color=colour, lw=1.2, label=f"{n} units")
bottom.legend(loc=(0.58, 0.12))
bottom.set(xlabel="x", ylabel="brightness")
plt.show()
