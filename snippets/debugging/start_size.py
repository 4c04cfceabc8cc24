import math

import torch
from torch.nn.functional import cross_entropy

from dlbook.data import digits
from dlbook.fully_connected import MLP

images, y = digits()
x = images.flatten(1)
print(f"log 10 = {math.log(10):.3f}")
print("                   spread   log C + s²/2   highest - mean   loss")
for name, pixels, start in (
    ("healthy", x, 1), ("last weights x10", x, 10),
    ("last weights x100", x, 100), ("pixels to 255", 255 * x, 1),
):
    net = MLP([64, 64, 10], generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        net.layers[-1].weight *= start
        z = net(pixels)
    spread = z.var(1, correction=0).mean().sqrt()
    small = math.log(10) + spread**2 / 2
    large = (z.amax(1) - z.mean(1)).mean()
    print(f"{name:17} {spread:7.2f} {small:14.2f} {large:16.2f}"
          f" {cross_entropy(z, y):6.2f}")
