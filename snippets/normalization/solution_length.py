import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits
from dlbook.normalization import BatchNorm, chain

x, y = digits()
generator = torch.Generator().manual_seed(0)
net = chain([64, 32, 10], BatchNorm, generator=generator).double()
net[1].eps = 0.0
w = net[0].weight
for _ in range(3):
    net.zero_grad()
    cross_entropy(net(x.flatten(1).double()), y).backward()
    across = (w * w.grad).sum(1).abs().max().item()
    before, slope = w.norm().item(), w.grad.norm().item()
    with torch.no_grad():
        w -= 5 * w.grad
    expected = (before**2 + (5 * slope) ** 2) ** 0.5
    print(f"w · gradient is 0: {across < 1e-12}, length {before:.3f},"
          f" then {w.norm().item():.3f}, as Pythagoras says: {expected:.3f}")
