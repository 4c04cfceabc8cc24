import torch

from dlbook.pooling import avg_pool2d, max_pool2d

x = torch.tensor([[1.0, 3], [5, 7]]).double()[None, None]
for p in (1, 2, 4, 16, 64):
    y = avg_pool2d(x**p, 2) ** (1 / p)
    print(f"p={p:<3} {y.item():.2f}")
print(f"average {avg_pool2d(x, 2).item():.2f}", end=", ")
print(f"max {max_pool2d(x, 2).item():.2f}")
