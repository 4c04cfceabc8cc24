import torch

from dlbook.lrn import lrn

x = 50 * torch.randn(2, 16, 4, 4, generator=torch.Generator().manual_seed(0))
torchs = torch.nn.LocalResponseNorm(9, alpha=1e-4, beta=0.5, k=1)
print(lrn(x, 9, alpha=1e-4 / 9, beta=0.5, k=1).allclose(torchs(x)))
