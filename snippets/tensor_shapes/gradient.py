import torch

b = torch.zeros(3, 1, 1, requires_grad=True)  # one number a channel
x = torch.zeros(8, 3, 32, 32)
y = x + b
print("copies:", y.numel() // b.numel())
spread = b.detach().expand(x.shape)
print("strides of the spread b:", spread.stride())
y.sum().backward()
print("gradient:", b.grad.flatten().tolist())
