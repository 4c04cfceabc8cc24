import torch
from torch import nn

from dlbook.data import digits
from dlbook.fully_connected import MLP

images, labels = digits()
x, g = images.flatten(1), torch.Generator().manual_seed(0)
net = MLP([64, 32, 10], generator=g)
step = torch.optim.Adam(net.parameters(), lr=0.01)
for number in range(101):
    loss = nn.functional.cross_entropy(net(x), labels)
    if number % 50 == 0:
        right = (net(x).argmax(1) == labels).float().mean()
        print(f"step {number:3}: loss {loss:.2f}, right {right:.2f}")
    step.zero_grad()
    loss.backward()
    step.step()
