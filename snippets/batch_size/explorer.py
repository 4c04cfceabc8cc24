import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn.functional import mse_loss

from dlbook.batch_size import Noise, example_gradients

x = torch.linspace(-1, 1, 24, dtype=torch.float64).round(decimals=3)[:, None]
y = torch.tensor([
    -1.03, -0.95, -0.06, -1.32, -0.29, -1.17, 0.41, 0.08, 0.67, -0.1, 0.38, 0.14,
    0.0, 0.47, -0.09, 0.38, 0.93, 0.71, 0.57, 1.81, 0.92, 0.7, 1.1, 0.86,
], dtype=torch.float64)[:, None]
line = nn.Linear(1, 1).double()
line.weight.data.fill_(-1), line.bias.data.fill_(1.4)
g = example_gradients(line, x, y, loss=lambda o, t: mse_loss(o, t) / 2)
G = g.mean(0)
s, B, found = 1, 4, []
for _ in range(100):  # batches of four, by random numbers that any language can make
    left, batch = list(range(24)), []
    for _ in range(B):
        s = s * 16807 % (2**31 - 1)
        batch.append(left.pop(int(s / (2**31 - 1) * len(left))))
    found.append(g[batch].mean(0))
tips = torch.stack(found)
noise = Noise(G.square().sum().item(), (g - G).square().sum(1).mean().item())
_, ax = plt.subplots(figsize=(3.2, 2.9))
ax.scatter(*(-tips.T), s=9, alpha=0.6, label="minus a batch's gradient")
ax.annotate("", (-G[0], -G[1]), (0, 0), arrowprops={"arrowstyle": "->", "color": "C1", "lw": 2})
ax.add_patch(plt.Circle((-G[0], -G[1]), noise.variance(B, 24) ** 0.5, fill=False, color="C1", ls="--"))
ax.plot(0, 0, "ko", ms=4)
ax.set(xlabel="w", ylabel="b", title="100 batches of 4", aspect="equal")
plt.show()
