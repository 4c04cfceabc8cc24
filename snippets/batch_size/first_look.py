import matplotlib.pyplot as plt
import torch

import dlbook
from dlbook.batch_size import example_gradients
from dlbook.data import digits
from dlbook.fully_connected import MLP
from dlbook.training import fit

x, y = (t.to(dlbook.device()) for t in digits())
x, rng = x.flatten(1).double(), torch.Generator().manual_seed(0)
net = MLP([64, 32, 10], generator=rng).to(x)
fit(net, x, y, steps=20, generator=rng)
each = example_gradients(net, x, y)  # a row for each digit
full, other = each.mean(0), each[y == 1].mean(0)  # of all, of the ones
along = full / full.norm()
across = other - other @ along * along
flat = each @ torch.stack([along, across / across.norm()], 1) / full.norm()
fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.2), sharex=True, sharey=True)
for ax, size in zip(axes, [4, 32, 256], strict=True):
    picks = torch.randint(len(flat), (300, size), generator=rng)
    ax.plot(*flat.cpu()[picks].mean(1).T, ".", ms=3, alpha=0.5)
    ax.quiver(0, 0, 1, 0, color="C1", scale=1, units="xy", width=0.12)
    ax.set(title=f"B = {size}", xlabel="along G", aspect="equal")
plt.show()
