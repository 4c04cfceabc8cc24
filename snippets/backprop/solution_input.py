import torch
from torch.nn.functional import cross_entropy

from dlbook.backprop import Layer, cross_entropy_delta, deltas, forward
from dlbook.data import digits

images, labels = digits()
x, y = images[:20].flatten(1).double().requires_grad_(), labels[:20]
g = torch.Generator().manual_seed(0)
layers = [Layer(torch.randn(32, 64, generator=g).double() / 8,
                torch.zeros(32).double()),
          Layer(torch.randn(10, 32, generator=g).double() / 6,
                torch.zeros(10).double())]
zs, _ = forward(x, layers, torch.tanh)
(auto,) = torch.autograd.grad(cross_entropy(zs[-1], y), x)
last = cross_entropy_delta(zs[-1].detach(), y)
first = deltas(last, layers, zs, lambda z: 1 - z.tanh() ** 2)[0]
print("dL/dx = δ1 W1:", auto.allclose(first @ layers[0].weight))
