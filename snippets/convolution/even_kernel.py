import torch
from torch.nn.functional import pad

from dlbook.convolution import conv2d

x = torch.tensor([1.0, 2, 3, 4]).reshape(1, 1, 1, 4)
kernel = torch.tensor([1.0, 10]).reshape(1, 1, 1, 2)

print("valid:        ", conv2d(x, kernel, padding="valid").flatten().tolist())
print("same:         ", conv2d(x, kernel, padding="same").flatten().tolist())
print("0 at the right:", conv2d(pad(x, (0, 1)), kernel).flatten().tolist())
print("0 at the left: ", conv2d(pad(x, (1, 0)), kernel).flatten().tolist())
print("1 per side:   ", conv2d(x, kernel, padding=(0, 1)).flatten().tolist())
