import torch

x = torch.tensor([3.0, 1, 2, 0]).reshape(1, 1, 4).requires_grad_()
w = torch.tensor([1.0, -1]).reshape(1, 1, 2).requires_grad_()
y = torch.nn.functional.conv1d(x, w)
grad_y = torch.tensor([[[1.0, 0, 2]]])
dx, dw = torch.autograd.grad(y, (x, w), grad_y)
print("y:", y.flatten().tolist())
print("dL/dw:", dw.flatten().tolist(), " dL/dx:", dx.flatten().tolist())
