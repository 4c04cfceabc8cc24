import torch

from dlbook.convolution import cost
from dlbook.fully_connected import count_parameters
from dlbook.googlenet import GoogLeNet

layers = [cost(227, 3, 96, 11, stride=4),
          cost(27, 96, 256, 5, padding=2, groups=2),
          cost(13, 256, 384, 3, padding=1),
          cost(13, 384, 384, 3, padding=1, groups=2),
          cost(13, 384, 256, 3, padding=1, groups=2),
          cost(1, 9216, 4096, 1), cost(1, 4096, 4096, 1),
          cost(1, 4096, 1000, 1)]  # a dense layer is a 1×1 on one pixel
alexnet = [sum(layer) for layer in zip(*layers, strict=True)]
google = 6_998_552, 1_582_671_872
names = "parameters", "multiply-adds"
for name, a, b in zip(names, alexnet, google, strict=True):
    print(f"{name:13} AlexNet {a:>13,}  GoogLeNet {b:>13,}  {a / b:.2f}")
with torch.device("meta"):
    print(f"with both heads: {count_parameters(GoogLeNet(heads=True)):,}")
    print(f"3×3 for 5×5: {count_parameters(GoogLeNet(wide=3)):,}")
assert alexnet[0] == 60_965_224
