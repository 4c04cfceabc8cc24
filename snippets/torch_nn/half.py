import copy

import torch
from torch import nn

net, other = nn.Linear(3, 2), nn.Linear(3, 2)
shared, copied = net.state_dict(), copy.deepcopy(net.state_dict())
try:
    net.load_state_dict({"weight": other.weight})
except RuntimeError:
    print("refused, and yet loaded:", torch.equal(net.weight, other.weight))
print("the state changes with it:",
      not torch.equal(shared["weight"], copied["weight"]))
net.load_state_dict(copied)
print("back from a copy:", torch.equal(net.weight, copied["weight"]))
found = net.load_state_dict({"weigth": other.weight}, strict=False)
print("not strict:", found)
