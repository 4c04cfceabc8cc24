import matplotlib.pyplot as plt
import torch

from dlbook.data import photo
from dlbook.pooling import winners

x = photo("flower", width=160).mean(0)[None, None, 12:60, 36:84]
best = winners(x, 4)[0, 0].flatten()
rows, columns = best // 48, best % 48
inner = [(i % 4 == 1) | (i % 4 == 2) for i in (rows, columns)]
rim = 1 - (inner[0] & inner[1]).double().mean()
left = torch.zeros(48, 48)
left[rows, columns] = x[0, 0, rows, columns]
print(f"{len(best)} of {x.numel()} pixels survive")
print(f"mean of all {x.mean():.2f}, of the survivors {16 * left.mean():.2f}")
print(f"survivors on the rim of their window: {100 * rim:.0f} %")

fig, axes = plt.subplots(1, 2, figsize=(5.5, 2.8))
for ax, image in zip(axes, (x[0, 0], left), strict=True):
    ax.imshow(image.numpy(), cmap="gray", vmin=0, vmax=1)
    ax.set(xticks=[], yticks=[])
axes[0].plot(columns.numpy(), rows.numpy(), "s", c="C1", ms=2.5)
axes[0].set_title("the maximum of each window")
axes[1].set_title("what is left")
plt.show()
