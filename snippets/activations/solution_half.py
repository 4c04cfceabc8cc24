import torch

from dlbook.activations import sigmoid, sigmoid_derivative

x = torch.tensor([0.0, 5, 9], dtype=torch.float16)
y = sigmoid(x)
print("value             ", *[f"{v:.4f}" for v in y.tolist()])
print("y (1 - y)         ", *[f"{v:.4f}" for v in (y * (1 - y)).tolist()])
ours = sigmoid_derivative(x)
print("sigmoid_derivative", *[f"{v:.4f}" for v in ours.tolist()])
exact = sigmoid_derivative(x.double())
print("double precision  ", *[f"{v:.4f}" for v in exact.tolist()])
