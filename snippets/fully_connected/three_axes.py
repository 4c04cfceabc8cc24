import torch

from dlbook.fully_connected import Linear

g = torch.Generator().manual_seed(0)
layer = Linear(5, 3, generator=g)
x = torch.randn(2, 7, 5, generator=g)  # 2 texts of 7 words, 5 numbers each
z = layer(x)
rows = layer(x.reshape(14, 5)).reshape(2, 7, 3)
print("x", tuple(x.shape), "z", tuple(z.shape))
print("as 14 examples in a row:", torch.allclose(z, rows))
print("one word alone:", torch.allclose(z[1, 4], layer(x[1, 4]), atol=1e-6))
