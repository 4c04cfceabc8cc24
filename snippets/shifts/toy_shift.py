import torch

from dlbook.pooling import avg_pool2d, max_pool2d

signal = torch.tensor([0.0, 0, 1, 1, 0, 0, 1, 1])
for shift in range(3):
    x = signal.roll(shift)[None, None, None]
    print("x", *x.flatten().int().tolist(), end="   max ")
    print(*max_pool2d(x, (1, 2)).flatten().int().tolist(), end="   average ")
    print(*avg_pool2d(x, (1, 2)).flatten().tolist())

image = torch.randn(1, 3, 12, 12, generator=torch.Generator().manual_seed(0))
for pool in (max_pool2d, avg_pool2d):
    dense = pool(image, 3, stride=1)  # a window at every place
    same = dense[..., ::2, ::2].equal(pool(image, 3, stride=2))
    print(f"{pool.__name__}: dense, then every second place: {same}")
