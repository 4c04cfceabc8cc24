import torch
from torch.nn.functional import cross_entropy

from dlbook.backprop import cross_entropy_delta, numerical_gradient

g = torch.Generator().manual_seed(0)
x, y = torch.randn(5, 8, generator=g).double(), torch.tensor([0, 2, 1, 2, 1])
w1 = torch.randn(4, 8, generator=g).double()
for classes in (4, 3):
    w2 = torch.randn(classes, 4, generator=g).double()

    def loss(w, w2=w2):
        return cross_entropy((x @ w.T).tanh() @ w2.T, y)

    a = (x @ w1.T).tanh()
    last = cross_entropy_delta(a @ w2.T, y)
    delta = (last @ w2.T) * (1 - a**2)  # w2, without the T, would be right
    nudged = numerical_gradient(loss, w1)
    off = (delta.T @ x - nudged).norm() / nudged.norm()
    print(f"4 units, {classes} classes: relative error {off:.1f}")
