import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits
from dlbook.fully_connected import MLP

x, y = digits()[0].flatten(1), digits()[1]
spread = x.std(0)
x = (x - x.mean(0)) / spread
net = MLP([64, 64, 10], generator=torch.Generator().manual_seed(0))
step = torch.optim.Adam(net.parameters(), lr=0.01)
for number in range(1, 101):
    loss = cross_entropy(net(x), y).nan_to_num()  # "mended"
    step.zero_grad()
    loss.backward()
    step.step()
    if number in (1, 100):
        right = (net(x).argmax(1) == y).double().mean()
        print(f"step {number:3}: loss {loss:.3f}, right {right:.1%}")
print("pixels that never change:", (spread == 0).sum().item())
