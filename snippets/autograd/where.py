import torch

x = torch.tensor([-1000.0, 0, 1000], requires_grad=True)
left, right = torch.exp(x) / (1 + torch.exp(x)), 1 / (1 + torch.exp(-x))
y = torch.where(x >= 0, right, left)  # each where it is safe
(slope,) = torch.autograd.grad(y.sum(), x)
print("value", *[f"{v:.2f}" for v in y.tolist()])
print("slope", *[f"{v:.2f}" for v in slope.tolist()])
