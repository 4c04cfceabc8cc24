import torch

from dlbook.pooling import avg_pool2d, max_pool2d

a = torch.tensor([[[[1.0, 0], [0, 0]]]])
b = torch.tensor([[[[0.0, 0], [0, 1]]]])
for pool in (avg_pool2d, max_pool2d):
    whole = pool(a + b, 2).item()
    parts = pool(a, 2).item() + pool(b, 2).item()
    print(f"{pool.__name__}: of the sum {whole}, sum of both {parts}")

g = torch.Generator().manual_seed(0)
x = torch.randn(2, 3, 8, 8, generator=g)
for pool in (avg_pool2d, max_pool2d):
    same = pool(x.relu(), 2).allclose(pool(x, 2).relu())
    print(f"{pool.__name__}: before or after the ReLU is the same: {same}")
