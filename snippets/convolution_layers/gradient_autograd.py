import torch

import dlbook
from dlbook.convolution.gradient import input_gradient, weight_gradient

g = torch.Generator().manual_seed(0)
how = {"stride": (2, 1), "padding": 1, "dilation": (1, 2), "groups": 2}
x = torch.randn(2, 2, 7, 6, dtype=torch.float64, generator=g)
w = torch.randn(4, 1, 3, 2, dtype=torch.float64, generator=g)
x, w = (t.to(dlbook.device()).requires_grad_() for t in (x, w))

y = torch.nn.functional.conv2d(x, w, **how)
grad_y = torch.randn(y.shape, dtype=y.dtype, generator=g).to(y)
dx, dw = torch.autograd.grad(y, (x, w), grad_y)
print(input_gradient(grad_y, w, (7, 6), **how).allclose(dx))
print(weight_gradient(grad_y, x, (3, 2), **how).allclose(dw))
