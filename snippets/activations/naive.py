import torch

from dlbook.activations import sigmoid

forms = {
    "1 / (1 + exp(-x))": lambda x: 1 / (1 + torch.exp(-x)),
    "exp(x) / (1 + exp(x))": lambda x: torch.exp(x) / (1 + torch.exp(x)),
    "dlbook": sigmoid,
}
x = torch.tensor([-1000.0, -1, 0, 1, 1000])
for name, form in forms.items():
    print(f"{name:21}", *[f"{value:6.3f}" for value in form(x).tolist()])
    e = torch.exp(-x)  # the slope of the first form, step by step
print("its slope, naive     ",
      *[f"{value:6.3f}" for value in (e / (1 + e) ** 2).tolist()])
