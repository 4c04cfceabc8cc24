from torch import nn

from dlbook.data import digits

x, _ = digits()
net = nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.BatchNorm1d(32))
for batch in x[:1729].split(64):  # 27 batches of 64, and what is left
    net(batch)
