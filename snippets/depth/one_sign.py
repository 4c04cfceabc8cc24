import torch

from dlbook.activations import relu, sigmoid, tanh
from dlbook.data import digits

g = torch.Generator().manual_seed(0)
images, labels = digits()
x = images.flatten(1).double()
x = x - x.mean(0)
like = {"dtype": torch.float64, "generator": g}
first = torch.randn(64, 32, **like) / 8
kinds = {"sigmoid": sigmoid, "ReLU": relu, "tanh": tanh}
for name, activation in kinds.items():
    second = (torch.randn(32, 10, **like) / 6).requires_grad_()
    for count in (1, 64):
        scores = activation(x[:count] @ first) @ second
        loss = torch.nn.functional.cross_entropy(scores, labels[:count])
        (slope,) = torch.autograd.grad(loss, second)
        one = ((slope >= 0).all(0) | (slope <= 0).all(0)).sum().item()
        print(f"{name}, batch of {count}: {one} of 10 units have all slopes",
              "of one sign")
