import torch

from dlbook.activations import sigmoid, sigmoid_derivative

for name, function in (("torch", torch.sigmoid), ("dlbook", sigmoid)):
    x = torch.tensor([0.0, 5, 9], dtype=torch.float16, requires_grad=True)
    y = function(x)
    (slope,) = torch.autograd.grad(y.sum(), x)
    print(name, "value", *[f"{v:.4f}" for v in y.tolist()], end="  ")
    print("slope", *[f"{v:.4f}" for v in slope.tolist()])
exact = sigmoid_derivative(torch.tensor(9.0, dtype=torch.float64))
print(f"slope at 9 in double precision: {exact:.4f}")
