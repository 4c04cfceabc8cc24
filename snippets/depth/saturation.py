import torch

from dlbook.activations import sigmoid_derivative
from dlbook.data import digits

g = torch.Generator().manual_seed(0)
images = digits()[0].flatten(1).double()
weight = torch.randn(64, 100, dtype=torch.float64, generator=g) / 8
for name, x in [("0 to 1", images), ("0 to 16", 16 * images),
                ("0 to 255", 255 * images)]:
    slope = sigmoid_derivative(x @ weight)
    flat = 100 * (slope < 0.01).double().mean()
    print(f"pixels {name}: mean slope {slope.mean():.2f},", end=" ")
    print(f"{flat:.0f} % of the values in a flat part")
