import torch
from torch.nn.functional import conv2d

from dlbook.datasets import load, pixels

print("another order, same sum:", (0.1 + 0.2) + 0.3 == 0.1 + (0.2 + 0.3))
x = pixels(load("fashion-small").train.x[:64])
start = torch.randn(6, 1, 5, 5, generator=torch.Generator().manual_seed(0))
before, found = torch.get_num_threads(), []
for threads in (1, 2, 1):
    torch.set_num_threads(threads)
    kernels = start.clone().requires_grad_()
    out = conv2d(x, kernels, padding=2)
    out.relu().sum().backward()
    found.append((out.detach(), kernels.grad))
torch.set_num_threads(before)
one, two, again = found
print("1 thread twice, each bit equal:", one[1].equal(again[1]))
print("1 and 2 threads, nearly equal:", one[1].allclose(two[1], rtol=1e-3))
print("gradients that differ in some bit:", int((one[1] != two[1]).sum()),
      "of", start.numel())
