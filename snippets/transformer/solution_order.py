import torch

from dlbook.transformer import Encoder

g = torch.Generator().manual_seed(0)
model = Encoder(32, 4, 64, 3, generator=g).double()
x = torch.randn(6, 32, generator=g, dtype=torch.float64)
order = torch.randperm(6, generator=g)
print("shuffled words, shuffled rows:",
      torch.allclose(model(x[order]), model(x)[order]))
