import torch

from dlbook.convolution import conv2d

dot = torch.zeros(1, 1, 5, 5)
dot[0, 0, 2, 2] = 1
kernel = torch.arange(1.0, 10).reshape(1, 1, 3, 3)

print("correlation with one bright pixel:")
print(conv2d(dot, kernel)[0, 0].int())
print("convolution with it: flip the kernel first")
print(conv2d(dot, kernel.flip(2, 3))[0, 0].int())
