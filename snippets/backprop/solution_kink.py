import torch

from dlbook.backprop import numerical_gradient

x = torch.zeros(1).double().requires_grad_()
(auto,) = torch.autograd.grad(x.relu().sum(), x)
for h in (1e-2, 1e-5):
    nudged = numerical_gradient(lambda x: x.relu().sum(), x, h)
    print(f"h = {h:g}: nudged {nudged.item():g}, formula {auto.item():g}")
