import torch

import dlbook
from dlbook.convolution import Conv2d
from dlbook.data import photo
from dlbook.lrn import lrn

g = torch.Generator().manual_seed(0)
layer = Conv2d(3, 96, kernel=11, stride=4, generator=g).double()
layer = layer.to(dlbook.device())
image = photo("china", width=227)[None].double().to(dlbook.device())
print("255 squared:", f"{255**2:,}")
for name, x in [("pixels 0 to 1", image), ("pixels 0 to 255", 255 * image)]:
    a = layer(x).relu()
    b = lrn(a)
    on = a > 0
    extra = 1 - b[on] * 2**0.75 / a[on]  # damping beyond the constant
    print(f"{name}: damped by {100 * extra.mean():.2g} % more than by k")
a = layer(image).relu()
same = lrn(a, alpha=255**2 * 1e-4).allclose(lrn(255 * a) / 255)
print("a larger alpha makes up for smaller pixels:", same)
