import matplotlib.pyplot as plt
import torch

from dlbook.convolution import conv2d

kernel = torch.arange(1.0, 10).reshape(1, 1, 3, 3)
dots = torch.eye(36).reshape(36, 1, 6, 6)  # one image per pixel
matrix = conv2d(dots, kernel).flatten(1).T  # 16 outputs, 36 pixels
x = torch.randn(1, 1, 6, 6, generator=torch.Generator().manual_seed(0))
y = conv2d(x, kernel).flatten()
print("matrix", tuple(matrix.shape), "non-zero:", int((matrix != 0).sum()))
print("the same as conv2d:", torch.allclose(matrix @ x.flatten(), y))

pixels, outputs = 32 * 32, 6 * 28 * 28
print("32 by 32 to 6 maps of 28 by 28")
print("dense layer:", f"{outputs * (pixels + 1):,} parameters")
print("6 kernels of 5 by 5:", 6 * (5 * 5 + 1), "parameters")

fig, ax = plt.subplots(figsize=(5.5, 2.8))
ax.imshow(matrix.numpy(), cmap="cividis")
ax.set(xlabel="pixel of the image", ylabel="output")
plt.show()
