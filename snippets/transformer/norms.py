import matplotlib.pyplot as plt
import torch

from dlbook.attention import MultiHeadAttention
from dlbook.normalization import LayerNorm
from dlbook.transformer import EncoderLayer, FeedForward
from dlbook.transformer.looking import flow

box = {"boxstyle": "round", "ec": "0.5", "fc": "#fefefe"}
_, axes = plt.subplots(1, 2, figsize=(5, 4))
for ax, place in zip(axes, ("after", "before"), strict=True):
    parts = flow(EncoderLayer(16, 4, 64, norm=place), torch.zeros(5, 16),
                 kinds=(LayerNorm, MultiHeadAttention, FeedForward))
    for y, two in (0, parts[:2]), (3, parts[2:]):
        names = [part.name.split(".") for part in two]
        column = [name if last == "layer" else last for name, last in names]
        column.insert(2 if place == "before" else 1, "+")
        for i, what in enumerate(column):
            ax.text(0, y + i, what, ha="center", va="center", bbox=box)
        end = y + column.index("+")
        ax.plot([0, 0.8, 0.8, 0.1], [y - 0.5, y - 0.5, end, end], color="C1")
    ax.plot([0, 0], [-1, 6], color="0.6", zorder=0)
    ax.set(title=f"norm {place}", xlim=(-0.7, 1))
    ax.axis("off")
plt.show()
