import matplotlib.pyplot as plt
import torch

from dlbook.attention import MultiHeadAttention

g = torch.Generator().manual_seed(0)
layer = MultiHeadAttention(d_model=12, heads=3, generator=g)
x = torch.randn(5, 12, generator=g)  # 5 words
heads, grey = ["C0", "C1", "C2"], ["0.75"]
boxes = [(16, 0, "x", x, grey), (16, -36, "output", layer(x), grey),
         (16, -27, "heads side by side", layer.value(x), heads)]
for left, part in [(0, "query"), (16, "key"), (32, "value")]:
    boxes.append((left, -9, part, getattr(layer, part)(x), heads))
for i, a in enumerate(layer.weights(x)):
    boxes.append((3.5 + 16 * i, -18, "weights", a, heads[i:i + 1]))
fig, ax = plt.subplots(figsize=(5.5, 4.7))
for left, top, name, tensor, colours in boxes:
    (n, d), w = tensor.shape, tensor.shape[1] / len(colours)
    for i, fill in enumerate(colours):
        at = (left + i * w, top - n)
        ax.add_patch(plt.Rectangle(at, w, n, fc=fill, ec="0.5"))
    ax.text(left + d / 2, top + 0.6, f"{name} {n}×{d}", ha="center", size=9)
ax.axis([-1, 45, -42, 3])
ax.set_axis_off()
plt.show()
