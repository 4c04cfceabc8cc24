import torch

from dlbook.convolution import output_size, transposed_size
from dlbook.convolution.gradient import conv_transpose2d

for n in (7, 8):
    o = output_size(n, 3, stride=2)
    print(f"size {n} -> {o}", end=", and back: ")
    print([transposed_size(o, 3, stride=2, output_padding=a) for a in (0, 1)])

x = torch.tensor([1.0, 10, 100]).reshape(1, 1, 1, 3)
w = torch.tensor([1.0, 2, 3]).reshape(1, 1, 1, 3)
torchs = torch.nn.functional.conv_transpose2d
for how in ({"stride": (1, 2)}, {"stride": (1, 2), "output_padding": (0, 1)}):
    y = conv_transpose2d(x, w, **how)
    print(y.flatten().int().tolist(), "torch:", y.equal(torchs(x, w, **how)))
