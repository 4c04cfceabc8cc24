import matplotlib.pyplot as plt

from dlbook.data import photo
from dlbook.pooling import avg_pool2d, max_pool2d

x = photo("china", width=128).mean(0)[None, None, :80]
fig, axes = plt.subplots(3, 3, figsize=(5.5, 3.8))
for row, k in zip(axes, (2, 4, 8), strict=True):
    small = {
        "max": max_pool2d(x, k),
        "average": avg_pool2d(x, k),
        "every k-th": x[..., ::k, ::k],
    }
    for ax, (name, y) in zip(row, small.items(), strict=True):
        large = y.repeat_interleave(k, 2).repeat_interleave(k, 3)
        error = (large - x).square().mean().sqrt()
        brighter = y.mean() - x.mean()
        print(f"k={k} {name:10} error {error:.2f}", end="  ")
        print(f"brighter by {brighter:+.2f}")
        ax.imshow(y[0, 0].numpy(), cmap="gray", vmin=0, vmax=1)
        ax.set(title=f"{name}, k={k}", xticks=[], yticks=[])
plt.show()
