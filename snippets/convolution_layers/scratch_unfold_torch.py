import torch
from torch.nn.functional import conv2d as torchs

import dlbook
from dlbook.convolution import Conv2d, conv2d, conv2d_fast, conv2d_unfold

g = torch.Generator().manual_seed(0)
like = {"dtype": torch.float64, "generator": g}
x, w, b = (torch.randn(s, **like) for s in [(2, 4, 9, 8), (6, 2, 3, 2), (6,)])
x, w, b = (t.to(dlbook.device()).requires_grad_() for t in (x, w, b))
how = {"stride": (2, 1), "padding": (1, 2), "dilation": (1, 3), "groups": 2}

expected = torchs(x, w, b, **how)
slopes = torch.autograd.grad(expected.square().sum(), (x, w, b))
for ours in (conv2d, conv2d_unfold, conv2d_fast):
    y = ours(x, w, b, **how)
    grads = torch.autograd.grad(y.square().sum(), (x, w, b))
    pairs = [(y, expected), *zip(grads, slopes, strict=True)]
    print(ours.__name__, [torch.allclose(a, c) for a, c in pairs])

theirs = torch.nn.Conv2d(4, 8, 5, padding="same").to(x)
layer = Conv2d(4, 8, 5, padding="same").to(x)
layer.load_state_dict(theirs.state_dict())
print("layer:", torch.allclose(layer(x), theirs(x)))
