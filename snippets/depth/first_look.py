import matplotlib.pyplot as plt
import torch

from dlbook.data import digits

x = digits()[0].flatten(1).double()
start = ((x - x.mean(0)) / x.std())[0]
shown = (1, 5, 10, 15, 20)
fig, axes = plt.subplots(3, 6, figsize=(5.5, 3))
for row, gain in zip(axes, (1, 2, 4), strict=True):
    g, h, pictures = torch.Generator().manual_seed(0), start, [start]
    for layer in range(1, 21):
        w = torch.randn(64, 64, dtype=x.dtype, generator=g)
        h = torch.relu(h @ w * (gain / 64) ** 0.5)  # variance gain / 64
        if layer in shown:
            pictures.append(h)
    for ax, picture in zip(row, pictures, strict=True):
        ax.imshow(picture.view(8, 8).numpy(), vmin=0, vmax=2)
        ax.set(xticks=[], yticks=[])
    row[0].set_ylabel(f"{gain} / n")
for ax, layer in zip(axes[0], ("digit", *shown), strict=True):
    ax.set_title(layer if layer == "digit" else f"layer {layer}", size=9)
plt.show()
