import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits
from dlbook.fully_connected import MLP

x, y = digits()[0].flatten(1), digits()[1]
for decay in (0, 1):
    net = MLP([64, 64, 10], generator=torch.Generator().manual_seed(0))
    step = torch.optim.SGD(net.parameters(), 0.3, weight_decay=decay)
    start = net.layers[0].weight.norm().item()
    for _ in range(100):
        step.zero_grad()
        loss = cross_entropy(net(x), y)
        loss.backward()
        step.step()
    now = net.layers[0].weight.norm().item()
    print(f"decay {decay}: loss {loss:.2f}, weights {start:.2f} -> {now:.2f}")
