import torch
from torch.nn.functional import pad

from dlbook.convolution import conv2d

white = torch.ones(1, 1, 4, 4)
blur = torch.ones(1, 1, 3, 3) / 9
print("zeros at the border, in ninths:")
print((9 * conv2d(white, blur, padding=1)[0, 0]).round().int())
mirrored = pad(white, (1, 1, 1, 1), mode="reflect")
print("the image mirrored at the border:")
print((9 * conv2d(mirrored, blur)[0, 0]).round().int())
