# --8<-- [start:train]
import torch

import dlbook
from dlbook.datasets import load, pixels
from dlbook.lenet import LeNet
from dlbook.training import fit, wrong

data, device = load("fashion-small"), dlbook.device()
train, test = (pixels(part.x).double().to(device)
               for part in (data.train, data.test))
labels, right = data.train.y.to(device), data.test.y.to(device)
g = torch.Generator().manual_seed(0)
net = LeNet(generator=g).to(train)
fit(net, train, labels, steps=400, lr=0.003, generator=g)
for name, x, y in ("training", train, labels), ("test", test, right):
    share = wrong(net, x, y).double().mean().item()
    print(f"wrong of the {len(x):,} {name} pictures: {share:.0%}")
# --8<-- [end:train]


# --8<-- [start:maps]
import matplotlib.pyplot as plt

from dlbook.forward import trace

shoe = int((right == 9).nonzero()[0])
seen = {step.name: step.gives[0].cpu() for step in trace(net, test[[shoe]])}
rows = {"c1": seen["features.a1"], "s4": seen["features.s4"][:6]}
fig, axes = plt.subplots(2, 7, figsize=(5.5, 1.8))
for row, (name, maps) in zip(axes, rows.items(), strict=True):
    for ax, picture in zip(row, [test[shoe, 0].cpu(), *maps], strict=True):
        ax.imshow(picture.numpy(), cmap="gray", vmin=0)
        ax.set(xticks=[], yticks=[])
    row[0].set_ylabel(name, rotation=0, ha="right", va="center")
plt.show()
# --8<-- [end:maps]


# --8<-- [start:confusion]
counts = torch.zeros(10, 10, dtype=torch.int64)
answers = net(test).argmax(1).cpu()
counts.index_put_((right.cpu(), answers), torch.tensor(1), accumulate=True)
off = counts.clone().fill_diagonal_(0)
true, said = divmod(int(off.argmax()), 10)
print(f"most often: {data.classes[true]} taken for {data.classes[said]}")
shirt = int(off[6].sum() + off[:, 6].sum())
print(f"mistakes with a shirt in it: {shirt / int(off.sum()):.0%}")

short = [name.partition("/")[0].split()[0] for name in data.classes]
fig, ax = plt.subplots(figsize=(4.2, 3.6))
ax.imshow(counts.double().sqrt().numpy(), cmap="cividis")
for i, j in off.nonzero().tolist():
    ax.text(j, i, int(off[i, j]), color="w", ha="center", va="center")
ax.set_xticks(range(10), short, rotation=90)
ax.set_yticks(range(10), short)
ax.set(xlabel="said", ylabel="true")
plt.show()
# --8<-- [end:confusion]


# --8<-- [start:missed]
sure = net(test).softmax(1).max(1).values.cpu()
missed = (answers != right.cpu()).nonzero().flatten()
worst = missed[sure[missed].argsort(descending=True)][:12].tolist()
fig, axes = plt.subplots(2, 6, figsize=(5.5, 2.4))
for ax, i in zip(axes.flat, worst, strict=True):
    ax.imshow(test[i, 0].cpu().numpy(), cmap="gray")
    ax.set_title(f"{short[right[i]]}:\n{short[answers[i]]}", size=8)
    ax.set_axis_off()
plt.show()
# --8<-- [end:missed]
