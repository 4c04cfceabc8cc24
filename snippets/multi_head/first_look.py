# --8<-- [start:box]
import matplotlib.pyplot as plt


def box(ax, left, top, name, tensor, fills, ink="black"):
    (n, d), w = tensor.shape, tensor.shape[1] / len(fills)
    for i, fill in enumerate(fills):
        ax.bar(left + i * w, -n, w, top, fc=fill, ec="0.6", align="edge")
    ax.text(left + d / 2, top - n / 2, f"{name}\n{n}×{d}", size=9,
            ha="center", va="center", color=ink)
# --8<-- [end:box]


# --8<-- [start:draw]
import torch

from dlbook.attention import MultiHeadAttention

layer, x = MultiHeadAttention(d_model=12, heads=3), torch.zeros(5, 12)
fig, ax = plt.subplots(figsize=(5.5, 4.9))
heads, paper = ["C0", "C1", "C2"], plt.rcParams["axes.facecolor"]
for left, part in [(0, "query"), (18, "key"), (36, "value")]:
    ax.plot([24, left + 6], [-5, -9], color="0.6", zorder=0)
    box(ax, left, -9, part, getattr(layer, part)(x), heads, paper)
for i, (colour, a) in enumerate(zip(heads, layer.weights(x), strict=True)):
    b, s = 4 * i + 2, 3.5 + 9 * i  # middle of the columns, of the square
    ax.plot([b, s, 18 + b], [-14, -19, -14], color=colour, zorder=0)
    ax.plot([s, 18 + b, 36 + b], [-24, -29, -14], color=colour, zorder=0)
    box(ax, s - 2.5, -19, "weights", a, [colour], paper)
ax.plot([24, 24], [-34, -38], color="0.6", zorder=0)
box(ax, 18, 0, "x", x, ["0.75"])
box(ax, 18, -29, "heads", layer.value(x), heads, paper)
box(ax, 18, -38, "output", layer(x), ["0.75"])
ax.axis([-0.5, 48.5, -43.5, 0.5])
ax.set_axis_off()
plt.show()
# --8<-- [end:draw]
