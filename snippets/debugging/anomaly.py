import warnings

import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits

x, y = (part[:100] for part in digits())
x[7] = 0  # one empty sheet of paper
one = torch.eye(64, requires_grad=True)
two = torch.randn(64, 10, generator=torch.Generator().manual_seed(0)) / 8


def loss():
    hidden = (x.flatten(1) @ one).tanh()
    length = hidden.square().sum(1, keepdim=True).sqrt()
    return cross_entropy(hidden / (length + 1e-6) @ two, y)


loss().backward()
nan = one.grad.isnan().double().mean()
print(f"loss {loss():.2f}, part of the gradient that is nan: {nan:.0%}")
warnings.simplefilter("ignore")  # leave this out to see the guilty line
with torch.autograd.detect_anomaly():
    loss().backward()
