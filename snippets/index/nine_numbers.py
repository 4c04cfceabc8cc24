import matplotlib.pyplot as plt
import torch

from dlbook import device
from dlbook.convolution import conv2d
from dlbook.data import photo

flower = photo("flower", width=160)[:, 15:97, 38:120].mean(dim=0)
kernel = torch.tensor([[-1.0, -1, -1], [-1, 8, -1], [-1, -1, -1]])
x, w = (tensor[None, None].to(device()) for tensor in (flower, kernel))
y = conv2d(x, w)[0, 0].cpu().numpy()
print("pixels:", tuple(flower.shape), " feature map:", tuple(y.shape))

_, (left, middle, right) = plt.subplots(1, 3, figsize=(5.5, 2))
left.imshow(flower.numpy(), cmap="gray")
right.imshow(abs(y), cmap="gray_r", vmax=0.7)
for i, n in enumerate(kernel.int().flatten().tolist()):
    middle.text(0.25 + i % 3 / 3, 0.78 - i // 3 / 3, n, size=16, ha="right")
for ax, title in (left, "photo"), (middle, "kernel"), (right, "feature map"):
    ax.set(title=title, xticks=[], yticks=[], frame_on=False, aspect="equal")
plt.show()
