import torch

from dlbook.activations import sigmoid

forms = {
    "1 / (1 + exp(-x))": lambda x: 1 / (1 + torch.exp(-x)),
    "exp(x) / (1 + exp(x))": lambda x: torch.exp(x) / (1 + torch.exp(x)),
    "the fitting one of both": lambda x: torch.where(
        x >= 0, 1 / (1 + torch.exp(-x)), torch.exp(x) / (1 + torch.exp(x))),
    "dlbook": sigmoid,
}
for name, form in forms.items():
    x = torch.tensor([-1000.0, -1, 0, 1, 1000], requires_grad=True)
    y = form(x)
    (slope,) = torch.autograd.grad(y.sum(), x)
    print(name)
    print("   value", *[f"{value:6.3f}" for value in y.tolist()])
    print("   slope", *[f"{value:6.3f}" for value in slope.tolist()])
