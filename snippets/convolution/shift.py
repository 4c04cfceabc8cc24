import torch

import dlbook
from dlbook.convolution import Conv2d
from dlbook.data import photo

x = photo("china", width=96)[None].double().to(dlbook.device())
moved = x.roll(4, dims=3)  # the photo, 4 pixels to the right
for stride in (1, 2, 3):
    g = torch.Generator().manual_seed(0)
    layer = Conv2d(3, 4, kernel=3, stride=stride, generator=g).to(x)
    y, y_moved = layer(x), layer(moved)
    for shift in range(5):
        inner, same = y_moved[..., 6:], y.roll(shift, dims=3)[..., 6:]
        if inner.allclose(same):
            print(f"stride {stride}: the output moves by {shift}")
            break
    else:
        print(f"stride {stride}: no shift of the output fits")
