import torch

from dlbook.convolution import Conv2d

layer = Conv2d(3, 8, kernel=5, padding=2)
x = torch.zeros(16, 3, 32, 32)

print("x      (n, c_in, h, w):         ", tuple(x.shape))
print("weight (c_out, c_in, kh, kw):   ", tuple(layer.weight.shape))
print("bias   (c_out,):                ", tuple(layer.bias.shape))
print("y      (n, c_out, h_out, w_out):", tuple(layer(x).shape))
print("parameters: 8 * (3 * 5 * 5 + 1) =", 8 * (3 * 5 * 5 + 1))
print("counted:", sum(p.numel() for p in layer.parameters()))
