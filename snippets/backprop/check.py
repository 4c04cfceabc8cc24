import torch
from torch.nn.functional import cross_entropy

from dlbook.backprop import numerical_gradient
from dlbook.data import digits

images, labels = digits()
x, g = images[:100].flatten(1).double(), torch.Generator().manual_seed(0)
y = labels[:100]
w1 = torch.randn(64, 12, generator=g).double() / 8
w2 = torch.randn(12, 10, generator=g).double() / 12**0.5
for phi in (torch.tanh, torch.relu):
    def loss(w, phi=phi):
        return cross_entropy(phi(x @ w) @ w2, y)

    w = w1.clone().requires_grad_()
    (auto,) = torch.autograd.grad(loss(w), w)
    for h in (1e-2, 1e-5, 1e-8):
        nudged = numerical_gradient(loss, w1, h)
        off = (nudged - auto).norm() / auto.norm()
        power = round(off.log10().item())
        print(f"{phi.__name__}, h = {h:g}: relative error about 1e{power}")
