import torch
from torch import nn
from torch.nn.functional import cross_entropy

from dlbook.data import digits
from dlbook.mini_batches import accumulate

x, y = digits()
x, y = x[:1437].double().flatten(1), y[:1437]
model = nn.Linear(64, 10, dtype=torch.double)
w = nn.init.zeros_(model.weight)
nn.init.zeros_(model.bias)
for steps in (0, 3000):
    optimizer = torch.optim.SGD(model.parameters(), lr=1)
    for _ in range(steps):
        accumulate(model, [(x, y)])  # one part: an ordinary backward()
        optimizer.step()
    right, = torch.autograd.grad(cross_entropy(model(x), y), w)
    for sizes in ([479] * 3, [1] * 1437, [64] * 22 + [29]):
        parts = list(zip(x.split(sizes), y.split(sizes), strict=True))
        accumulate(model, parts)
        means = sum(cross_entropy(model(a), b) for a, b in parts) / len(parts)
        off = w.grad - right, torch.autograd.grad(means, w)[0] - right
        off = [f"{d.norm() / right.norm():.3f}" for d in off]
        print(f"step {steps:4}, {len(parts):4} parts: off by", *off)
