import matplotlib.pyplot as plt
import torch

from dlbook.lrn import LocalResponseNorm

x = torch.ones(1, 8, 1, dtype=torch.float64)
fig, axes = plt.subplots(1, 3, figsize=(5.5, 2.2), sharey=True)
for n, ax in zip((3, 5, 4), axes, strict=True):
    layer = LocalResponseNorm(n)
    slopes = torch.autograd.functional.jacobian(layer, x)
    reads = (slopes[0, :, 0, 0, :, 0] != 0).int()  # 8 outputs, 8 inputs
    print(f"n={n}: each output reads", *reads.sum(1).tolist(), "channels")
    ax.imshow(reads.numpy(), cmap="cividis")
    ax.set(title=f"n={n}", xlabel="input channel", xticks=[0, 3, 7])
axes[0].set_ylabel("output channel")
plt.show()
