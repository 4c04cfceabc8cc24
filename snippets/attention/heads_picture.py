# --8<-- [start:sizes]
import torch

from dlbook.attention import MultiHeadAttention

g = torch.Generator().manual_seed(0)
layer = MultiHeadAttention(d_model=12, heads=3, generator=g)
x = torch.randn(5, 12, generator=g)  # 5 words
heads, grey = ["C0", "C1", "C2"], ["0.75"]
boxes = [(18, 0, "x", x, grey)]
for left, part in [(0, "query"), (18, "key"), (36, "value")]:
    boxes.append((left, -9, part, getattr(layer, part)(x), heads))
for i, a in enumerate(layer.weights(x)):
    boxes.append((1 + 9 * i, -19, "weights", a, heads[i:i + 1]))
boxes.append((18, -29, "heads", layer.value(x), heads))
boxes.append((18, -38, "output", layer(x), grey))
for _, _, name, tensor, _ in boxes:
    print(f"{name:8} {tuple(tensor.shape)}")
# --8<-- [end:sizes]


# --8<-- [start:draw]
import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(5.5, 4.9))
for i, colour in enumerate(heads):
    block, square = 4 * i + 2, 3.5 + 9 * i
    for x0, y0, x1, y1 in [
        (block, -14, square, -19), (18 + block, -14, square, -19),
        (square, -24, 18 + block, -29), (36 + block, -14, 18 + block, -29),
    ]:
        ax.plot([x0, x1], [y0, y1], color=colour, lw=1.2)
for x0, y0, x1, y1 in [(24, -5, 6, -9), (24, -5, 24, -9), (24, -5, 42, -9),
                       (24, -34, 24, -38)]:
    ax.plot([x0, x1], [y0, y1], color="0.6", lw=1.2)
for left, top, name, tensor, colours in boxes:
    (n, d), w = tensor.shape, tensor.shape[1] / len(colours)
    for i, fill in enumerate(colours):
        at = (left + i * w, top - n)
        ax.add_patch(plt.Rectangle(at, w, n, fc=fill, ec="0.6", zorder=2))
    ink = "black" if colours == grey else plt.rcParams["axes.facecolor"]
    ax.text(left + d / 2, top - 2.5, f"{name}\n{n}×{d}", color=ink, size=9,
            ha="center", va="center")
ax.axis([-0.5, 48.5, -43.5, 0.5])
ax.set_axis_off()
plt.show()
# --8<-- [end:draw]
