import torch
from torch import nn

net = nn.Linear(2, 1)
sgd = torch.optim.SGD(net.parameters(), lr=0.1)
net.weight = nn.Parameter(torch.ones(1, 2))  # a new object
net(torch.ones(4, 2)).sum().backward()
sgd.step()
print("a new Parameter is trained:", not net.weight.equal(torch.ones(1, 2)))

sgd = torch.optim.SGD(net.parameters(), lr=0.1)
with torch.no_grad():
    net.weight.copy_(torch.ones(1, 2))  # the same object, new numbers
net(torch.ones(4, 2)).sum().backward()
sgd.step()
print("a changed one is trained:  ", not net.weight.equal(torch.ones(1, 2)))
net.weight = torch.ones(1, 2)
