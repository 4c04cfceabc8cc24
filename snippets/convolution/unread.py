import matplotlib.pyplot as plt
import numpy as np
import torch

from dlbook.convolution import conv2d

fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.3))
for ax, (s, p) in zip(axes, [(1, 0), (1, 1), (2, 0)], strict=True):
    x = torch.zeros(1, 1, 6, 6, requires_grad=True)
    y = conv2d(x, torch.ones(1, 1, 3, 3), stride=s, padding=p)
    (reads,) = torch.autograd.grad(y.sum(), x)
    reads = reads[0, 0].numpy()
    ax.imshow(reads, cmap="cividis", vmin=0, vmax=9)
    for (r, c), count in np.ndenumerate(reads):
        ink = "black" if count > 4 else "white"
        ax.text(c, r, f"{count:.0f}", ha="center", va="center", c=ink)
    ax.set_title(f"s={s} p={p}")
    ax.set_axis_off()
    print(f"s={s} p={p}:", (reads == 0).sum(), "pixels are not read")
plt.show()
