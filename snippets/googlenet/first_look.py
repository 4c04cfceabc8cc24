import matplotlib.pyplot as plt
import torch

from dlbook.forward import trace
from dlbook.googlenet import PLANS, Inception

x, net = torch.zeros(1, 192, 28, 28), Inception(192, PLANS["3a"])
fig, ax = plt.subplots(figsize=(5.5, 3.2))
box = {"va": "center", "bbox": {"fc": ax.get_facecolor(), "ec": "0.5"}}
ax.bar(0, 192, 0.9, 32, color="0.75")
ax.text(0, 128, "192", ha="center", color="k")
low = 0
for row, branch in enumerate(net.branches.values()):
    steps = [s for s in trace(branch, x) if s.kind != "ReLU"]
    c, color, y = steps[-1].gives.shape[1], f"C{row}", 25 + 70 * row
    ax.plot([0.45, 1.1, 4.6, 5.25], [128, y, y, low + c / 2], color, zorder=0)
    for at, s in zip((3.9, 2), steps[::-1], strict=False):
        k = branch.get_submodule(s.name).kernel_size
        k = f"max {k}×{k}" if s.kind == "MaxPool2d" else "×".join(map(str, k))
        ax.text(at, y, f"{k}\n{s.gives.shape[1]}", ha="center", **box)
    ax.bar(5.7, c, 0.9, low, color=color, ec="1", alpha=0.6)
    ax.text(5.7, low + c / 2, f"{c}", ha="center", va="center")
    low += c
ax.axis("off")
plt.show()
