import torch

from dlbook.convolution import conv2d
from dlbook.convolution.gradient import input_gradient, weight_gradient

g = torch.Generator().manual_seed(0)
x = torch.randn(2, 2, 7, 6, dtype=torch.float64, generator=g)
w = torch.randn(4, 1, 3, 2, dtype=torch.float64, generator=g)
how = {"stride": (2, 1), "padding": 1, "dilation": (1, 2), "groups": 2}
grad_y = torch.randn(conv2d(x, w, **how).shape, dtype=x.dtype, generator=g)


def numeric(f, at, h=1e-5):
    """Move one number at a time by h, up and down."""
    steps = h * torch.eye(at.numel(), dtype=at.dtype).reshape(-1, *at.shape)
    slopes = [(f(at + e) - f(at - e)) / (2 * h) for e in steps]
    return torch.stack(slopes).reshape(at.shape)


by_hand = (input_gradient(grad_y, w, (7, 6), **how),
           weight_gradient(grad_y, x, (3, 2), **how))
nudged = (numeric(lambda x: (grad_y * conv2d(x, w, **how)).sum(), x),
          numeric(lambda w: (grad_y * conv2d(x, w, **how)).sum(), w))
for name, ours, slope in zip("xw", by_hand, nudged, strict=True):
    print(f"dL/d{name} equals finite differences:", ours.allclose(slope))
