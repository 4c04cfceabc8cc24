import torch
from torch import nn

import dlbook
from dlbook.fully_connected import MLP, Linear

g = torch.Generator().manual_seed(0)
like = {"dtype": torch.float64, "generator": g}
x = torch.randn(150, 4, **like).to(dlbook.device()).requires_grad_()
for name, ours, theirs in [
    ("one layer", Linear(4, 5, generator=g), nn.Linear(4, 5)),
    ("a network", MLP([4, 5, 3], generator=g),
     MLP([4, 5, 3], activation=nn.ReLU, linear=nn.Linear)),
]:
    theirs.load_state_dict(ours.state_dict())  # the same weights
    answers, slopes = [], []
    for module in (ours, theirs):
        y = module.double().to(x.device)(x)
        inputs = [x, *module.parameters()]
        slopes.append(torch.autograd.grad(y.sin().sum(), inputs))
        answers.append(y)
    print(f"{name}: the same values {torch.allclose(*answers)},", end=" ")
    print("the same gradients", all(map(torch.allclose, *slopes)))
