import torch
from torch import nn

from dlbook.data import digits
from dlbook.fully_connected import MLP

images, labels = digits()
x, y = images[:1000].flatten(1).double(), labels[:1000] % 2
for seed, alike in [(0, False), (1, False), (0, True), (1, True)]:
    g = torch.Generator().manual_seed(seed)
    net = MLP([64, 32, 2], activation=torch.tanh, generator=g).double()
    if alike:  # each hidden unit becomes a copy of the first
        hidden, last = net.layers
        hidden.weight.data[:] = hidden.weight[0].clone()
        hidden.bias.data[:] = hidden.bias[0].clone()
        last.weight.data[:] = last.weight[:, :1].clone()
    step = torch.optim.Adam(net.parameters(), lr=0.03)
    for _ in range(150):
        step.zero_grad()
        nn.functional.cross_entropy(net(x), y).backward()
        step.step()
    different = net.layers[0].weight.round(decimals=3).unique(dim=0)
    wrong = 100.0 * (net(x).argmax(1) != y).double().mean()
    print("equal start: " if alike else "random start:", end=" ")
    print(f"{len(different):2} different units, {wrong:.1f} % wrong")
