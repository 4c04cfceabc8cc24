import torch

from dlbook.convolution import conv2d

x = torch.tensor([[1, 2, 0, 1], [0, 1, 3, 1], [2, 1, 0, 0], [1, 0, 2, 1.0]])
w = torch.tensor([[1, 0, -1], [2, 1, 0], [0, 0, -1.0]])

y = torch.zeros(2, 2)
for i in range(2):
    for j in range(2):
        for u in range(3):
            for v in range(3):
                y[i, j] += w[u, v] * x[i + u, j + v]

print(y)
print("conv2d:", torch.equal(conv2d(x[None, None], w[None, None])[0, 0], y))
