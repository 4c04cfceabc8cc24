# --8<-- [start:train]
import torch
from torch import nn

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.training import fit, wrong

x, y = (t.to(dlbook.device()) for t in digits())
x, missed, answers = x.double(), [], []
layers = {"conv": nn.Conv2d, "pool": nn.MaxPool2d, "linear": nn.Linear}
g = torch.Generator().manual_seed(0)
order = torch.randperm(len(x), generator=g)
train, test = order[:1000], order[1000:]
for seed in range(3):
    g = torch.Generator().manual_seed(seed)
    net = CNN((1, 8, 8), [8, 16], [10], generator=g, **layers).to(x)
    fit(net, x[train], y[train], steps=300, generator=g)
    missed.append(wrong(net, x[test], y[test]).cpu())
    answers.append(net(x[test]).argmax(1).cpu())
counts = torch.stack(missed).sum(0)
print("of", len(test), "digits, wrong:", *(int(m.sum()) for m in missed))
for k in (1, 2, 3):
    print(f"by exactly {k} of the nets: {int((counts == k).sum())}")
# --8<-- [end:train]


# --8<-- [start:draw]
import matplotlib.pyplot as plt

fig, axes = plt.subplots(3, 8, figsize=(5.5, 2.5))
hard = counts.argsort(descending=True, stable=True)[:24].tolist()
for ax, i in zip(axes.flat, hard, strict=True):
    given = [int(a[i]) for a in answers if a[i] != y[test[i]]]
    ax.imshow(x[test[i], 0].cpu().numpy(), cmap="gray")
    ax.set_title(f"{int(y[test[i]])}: {','.join(map(str, given))}", size=8)
    ax.set_axis_off()
plt.show()
# --8<-- [end:draw]
