import torch

from dlbook.convolution.gradient import input_gradient, weight_gradient

x = torch.tensor([[1, 2, 0, 1], [0, 1, 3, 1], [2, 1, 0, 0], [1, 0, 2, 1.0]])
w = torch.tensor([[1, 0, -1], [2, 1, 0], [0, 0, -1.0]])
grad_y = torch.tensor([[1, 2], [0, -1.0]])
x, w, grad_y = (t[None, None] for t in (x, w, grad_y))

print("dL/db:", grad_y.sum().item())
print("dL/dw:", weight_gradient(grad_y, x, 3)[0, 0].int(), sep="\n")
print("dL/dx:", input_gradient(grad_y, w, (4, 4))[0, 0].int(), sep="\n")
