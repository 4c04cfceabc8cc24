import torch
from torch.nn.functional import cross_entropy

import dlbook
from dlbook import backprop
from dlbook.data import digits

device, g = dlbook.device(), torch.Generator().manual_seed(0)
images, labels = (t.to(device) for t in digits())
x, layers = images.flatten(1).double(), []
for d_in, d_out in (64, 40), (40, 30), (30, 20), (20, 10):
    weight = torch.randn(d_out, d_in, generator=g).double() / d_in**0.5
    bias = torch.randn(d_out, generator=g).double()
    layers.append(backprop.Layer(weight.to(device), bias.to(device)))
tensors = [t.requires_grad_() for layer in layers for t in layer]
for phi, slope in [(torch.tanh, lambda z: 1 - z.tanh() ** 2),
                   (torch.sigmoid, lambda z: z.sigmoid() * (-z).sigmoid()),
                   (torch.relu, lambda z: (z > 0).double())]:
    zs, inputs = backprop.forward(x, layers, phi)
    auto = torch.autograd.grad(cross_entropy(zs[-1], labels), tensors)
    last = backprop.cross_entropy_delta(zs[-1].detach(), labels)
    found = backprop.deltas(last, layers, zs, slope)
    ours = [t for pair in backprop.gradients(found, inputs) for t in pair]
    same = [a.allclose(b) for a, b in zip(ours, auto, strict=True)]
    print(f"{phi.__name__:7}: {sum(same)} of {len(same)} gradients agree")
