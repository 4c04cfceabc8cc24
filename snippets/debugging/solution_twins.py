import math

import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits
from dlbook.fully_connected import MLP

x, y = (part[:32] for part in digits())
x = x.flatten(1)
x[1], x[2] = x[0], x[0]  # three times the same 0, with labels 0, 1 and 2
x[4] = x[3]  # twice the same 3, with labels 3 and 4
net = MLP([64, 64, 10], generator=torch.Generator().manual_seed(0))
step = torch.optim.Adam(net.parameters(), lr=0.01)
for _ in range(500):
    step.zero_grad()
    loss = cross_entropy(net(x), y)
    loss.backward()
    step.step()
floor = (3 * math.log(3) + 2 * math.log(2)) / 32
print(f"loss {loss:.3f}, floor {floor:.3f}")
