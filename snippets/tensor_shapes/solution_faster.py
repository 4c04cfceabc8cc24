import time

import torch
from torch import nn

g = torch.Generator().manual_seed(0)
x = torch.rand(64, 16, 56, 56, generator=g)
y = x.to(memory_format=torch.channels_last)
layers = {"convolution": nn.Conv2d(16, 32, 3), "max pooling": nn.MaxPool2d(2)}
for name, layer in layers.items():
    ratios = []
    for _ in range(5):
        times = []
        for t in (x, y):
            start = time.perf_counter()
            with torch.no_grad():
                layer(t)
            times.append(time.perf_counter() - start)
        ratios.append(times[0] / times[1])
    print(f"{name}: channels_last is {sorted(ratios)[2]:.1f} times as fast")
