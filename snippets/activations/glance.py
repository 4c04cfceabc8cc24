import torch

from dlbook.activations import ACTIVATIONS

x = torch.tensor([-10.0, -2, -0.5, 0, 0.5, 2, 10], dtype=torch.float64)
print("x          ", *[f"{value:7g}" for value in x])
for what in ("function", "derivative"):
    print(f"\n{what}")
    for name, activation in ACTIVATIONS.items():
        y = getattr(activation, what)(x)
        print(f"{name:11}", *[f"{value:7.4f}" for value in y])
