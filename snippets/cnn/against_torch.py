import torch
from torch import nn

import dlbook
from dlbook.cnn import CNN
from dlbook.data import digits

x = digits()[0][:100].double().to(dlbook.device())
ours = CNN((1, 8, 8), [8, 16], [10]).to(x)
theirs = CNN(
    (1, 8, 8), [8, 16], [10],
    conv=nn.Conv2d, pool=nn.MaxPool2d, linear=nn.Linear,
).to(x)
theirs.load_state_dict(ours.state_dict())  # the same names, so it fits
scores = [net(x) for net in (ours, theirs)]
for y in scores:
    y.square().sum().backward()
pairs = zip(ours.named_parameters(), theirs.parameters(), strict=True)
print("scores:", torch.allclose(*scores))
for (name, a), b in pairs:
    print(f"{name:28}", tuple(a.shape), torch.allclose(a.grad, b.grad))
