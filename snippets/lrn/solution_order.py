import torch

from dlbook.lrn import lrn

g = torch.Generator().manual_seed(0)
x = 100 * torch.randn(2, 8, 4, 4, generator=g)
order = torch.randperm(8, generator=g)
for n in (5, 15):
    same = lrn(x[:, order], n).allclose(lrn(x, n)[:, order])
    print(f"n={n}: the order of the channels does not matter:", same)
