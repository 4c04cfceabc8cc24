import torch
from torch import nn

import dlbook
from dlbook.data import digits
from dlbook.fully_connected import MLP

x = digits()[0].flatten(1).to(dlbook.device())
model = MLP([64, 32, 10], activation=nn.ReLU).to(dlbook.device())
with torch.no_grad():
    together = model(x)
    alone = torch.stack([model(image) for image in x])
print("shapes:", tuple(together.shape), tuple(alone.shape))
print("equal up to rounding:", together.allclose(alone, atol=1e-5))
x[0] = 0.5  # another first image
with torch.no_grad():
    changed = model(x)
same = changed[1:].allclose(together[1:], atol=1e-5)
print("the others do not notice a change of the first:", same)
