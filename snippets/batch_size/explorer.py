# --8<-- [start:line]
import matplotlib.pyplot as plt
import torch
from torch import nn

from dlbook.batch_size import example_gradients

x = torch.linspace(-1, 1, 24).double().round(decimals=3)[:, None]
y = "-103 -95 -6 -132 -29 -117 41 8 67 -10 38 14 0 47 -9 38 93 71 57"
y = [int(n) / 100 for n in f"{y} 181 92 70 110 86".split()]
y = torch.tensor(y).double().round(decimals=2)[:, None]
line, mse = nn.Linear(1, 1).double(), nn.functional.mse_loss
line.weight.data.fill_(-1), line.bias.data.fill_(1.4)
g = example_gradients(line, x, y, loss=lambda o, t: mse(o, t) / 2)
# --8<-- [end:line]
# --8<-- [start:draw]
full, s, tips = -g.mean(0), 1, []
for _ in range(100):  # by random numbers that any language can make
    left, tip = list(range(24)), 0
    for _ in range(4):
        s = s * 16807 % (2**31 - 1)
        tip = tip - g[left.pop(int(s / (2**31 - 1) * len(left)))] / 4
    tips.append(tip)
spread = ((g + full).square().sum(1).mean() / 4 * 20 / 23).sqrt()
ax = plt.figure(figsize=(3.2, 2.9)).subplots()
ax.scatter(*torch.stack(tips).T, s=9, alpha=0.6)
ax.plot(*zip([0, 0], full, strict=True), "C1", marker="o", mew=0)
ax.add_patch(plt.Circle(full.tolist(), spread, fill=False, ec="C1", ls="--"))
ax.set(xlabel="w", ylabel="b", title="100 batches of 4", aspect="equal")
plt.show()
# --8<-- [end:draw]
