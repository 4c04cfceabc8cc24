import matplotlib.pyplot as plt
import torch

from dlbook.lenet import codes, squash

pictures = codes().reshape(10, 12, 7)
fig, axes = plt.subplots(1, 10, figsize=(5.5, 1.1))
for ax, picture in zip(axes, pictures, strict=True):
    ax.imshow(-picture.numpy(), cmap="gray")
    ax.set(xticks=[], yticks=[])
apart = (codes()[:, None] != codes()).sum(-1)
pairs = apart[torch.triu(torch.ones(10, 10), 1) > 0]
print("pixels that differ:", int(pairs.min()), "to", int(pairs.max()))
print(f"squash(1) = {squash(torch.tensor(1.0)):.4f}")
plt.show()
