import torch

from dlbook.data import photo
from dlbook.fully_connected import MLP

row = photo("china", width=160).mean(0)[42].double()
x = torch.linspace(0, 1, 160).double()[:, None]
net = MLP([1, 128, 1], generator=torch.Generator().manual_seed(0)).double()
step = torch.optim.Adam(net.parameters(), lr=0.01)
for number in range(4001):
    off = net(x)[:, 0] - row
    if number in (400, 4000):
        hidden = net.layers[0]
        kinks = -hidden.bias / hidden.weight[:, 0]
        inside = ((kinks > 0) & (kinks < 1)).double().mean()
        print(f"step {number:4}: off by {off.abs().mean():.2f} on average;",
              f"a share of {inside:.1f} of the kinks is in use")
    step.zero_grad()
    off.square().mean().backward()
    step.step()
