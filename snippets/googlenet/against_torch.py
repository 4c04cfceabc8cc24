import torch

import dlbook
from dlbook.convolution import Conv2d
from dlbook.googlenet import PLANS, Inception
from dlbook.pooling import MaxPool2d

g = torch.Generator().manual_seed(0)
theirs = Inception(192, PLANS["3a"], generator=g)  # torch's layers
ours = Inception(192, PLANS["3a"], conv=Conv2d, pool=MaxPool2d)
ours.load_state_dict(theirs.state_dict())
x = torch.randn(2, 192, 14, 14, generator=g, dtype=torch.float64)
x, found = x.to(dlbook.device()), {}
for name, block in (("theirs", theirs), ("ours", ours)):
    seen = x.clone().requires_grad_()
    y = block.to(x)(seen)
    y.square().sum().backward()
    weights = [p.grad for p in block.parameters()]
    found[name] = [y, seen.grad, *weights]
same = [torch.allclose(a, b) for a, b in zip(*found.values(), strict=True)]
print("output:", tuple(y.shape), same[0])
print("gradient of the input:", same[1])
print("gradients of", len(same[2:]), "weights and biases:", all(same[2:]))
