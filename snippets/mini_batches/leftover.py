import torch
from torch import nn
from torch.nn.functional import cross_entropy

from dlbook.data import digits

x, y = (t[:1437] for t in digits())
parts = list(zip(x.split(64), y.split(64), strict=True))
model = nn.Sequential(nn.Flatten(), nn.Linear(64, 10))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
waiting = 0  # examples whose gradients are in .grad
for epoch in (1, 2):
    print("epoch", epoch, end=": updates over")
    for i, (a, b) in enumerate(parts, 1):
        (cross_entropy(model(a), b) / 4).backward()
        waiting += len(b)
        if i % 4 == 0:
            print("", waiting, end="")
            optimizer.step()
            optimizer.zero_grad()
            waiting = 0
    print(f" examples; {waiting} wait")
