import torch
from torch import nn

from dlbook.data import digits
from dlbook.mini_batches import accumulated

x, y = (t[:1437] for t in digits())
parts = list(zip(x.split(64), y.split(64), strict=True))
model = nn.Sequential(nn.Flatten(), nn.Linear(64, 10))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for first in range(0, len(parts), 4):
    group = parts[first:first + 4]
    accumulated(model, optimizer, group)
    print(sum(len(b) for _, b in group), end=" ")
print("examples")
