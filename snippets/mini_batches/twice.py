import torch
from torch import nn
from torch.nn.functional import cross_entropy

from dlbook.data import digits

x, y = digits()
model = nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.ReLU(),
                      nn.Linear(32, 10))
total = torch.zeros(())
for part in torch.arange(1437).split(64):
    total += cross_entropy(model(x[part]), y[part])
    total.backward()
