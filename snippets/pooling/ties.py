import torch

from dlbook.data import digits
from dlbook.pooling import max_pool2d, max_pool2d_gradient

x = torch.tensor([[5.0, 5], [1, 5]])[None, None].requires_grad_()
one = torch.ones(1, 1, 1, 1)
grads = {"max_pool2d, ours": max_pool2d_gradient(one, x.detach(), 2)}
y = torch.nn.functional.max_pool2d(x, 2)
grads["max_pool2d, torch"] = torch.autograd.grad(y.sum(), x)[0]
grads["x.amax(), torch"] = torch.autograd.grad(x.amax(), x)[0]
for h in (0.1, -0.1):
    nudged = x.detach() + h * torch.eye(4).reshape(4, 1, 2, 2)
    change = max_pool2d(nudged, 2) - y.detach()
    grads[f"nudged by {h:+}"] = change.abs() / abs(h)
for name, slopes in grads.items():
    print(f"{name:18}", *(f"{slope:.2f}" for slope in slopes.flatten()))

windows = digits()[0].unfold(2, 2, 2).unfold(3, 2, 2).flatten(4)
highest = windows.amax(-1, keepdim=True)
tied = ((windows == highest).sum(-1) > 1).double().mean()
blank = (highest == 0).double().mean()
print(f"2x2 windows of the digits: {100 * tied:.0f} % hold a tie,", end=" ")
print(f"{100 * blank:.0f} % are blank")
