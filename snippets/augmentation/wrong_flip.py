import matplotlib.pyplot as plt
import torch

from dlbook import device
from dlbook.augmentation import flip
from dlbook.data import digits
from dlbook.fully_connected import MLP
from dlbook.training import fit

x, y = (part.to(device()) for part in digits())
rng = torch.Generator().manual_seed(0)
net = MLP([64, 64, 10], generator=rng).to(x.device)
fit(net, x[:1000].flatten(1), y[:1000], steps=600, lr=0.003, generator=rng)
right = y[1000:].cpu()
views = x[1000:], flip(x[1000:], right >= 0)  # all mirrored
good = [net(view.flatten(1)).argmax(1).cpu() == right for view in views]
shares = [right[g].bincount(minlength=10) / right.bincount() for g in good]
print("half read right:", [k for k in range(10) if shares[1][k] > 0.5])
print("at most 1 of 5:", [k for k in range(10) if shares[1][k] < 0.2])
fig, ax = plt.subplots(figsize=(5.5, 2.2))
for side, row in zip((-0.2, 0.2), shares, strict=True):
    ax.bar([k + side for k in range(10)], row.tolist(), width=0.4)
ax.set(xlabel="digit (blue: as written, orange: mirrored)",
       ylabel="share read right", xticks=range(10))
plt.show()
