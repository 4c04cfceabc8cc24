import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits
from dlbook.fully_connected import MLP

images, labels = digits()
x, g = images.flatten(1), torch.Generator().manual_seed(0)
net = MLP([64, 32, 10], generator=g)
walker = torch.optim.Adam(net.parameters(), lr=1e-4)
smooth, lowest = 2.3, (2.3, 0.0)
for step in range(200):
    rate = walker.param_groups[0]["lr"] = 1e-4 * 10 ** (step / 50)
    batch = torch.randint(1797, (64,), generator=g)
    walker.zero_grad()
    loss = cross_entropy(net(x[batch]), labels[batch])
    loss.backward()
    walker.step()
    smooth = 0.9 * smooth + 0.1 * loss.item()
    lowest = min(lowest, (smooth, rate))
    if step % 25 == 0:
        print(f"η = {rate:.4f}: loss, smoothed, {smooth:.1f}")
print(f"lowest at about η = {lowest[1]:.1g}")
