import math

import torch

from dlbook.activations import ACTIVATIONS

x = torch.tensor(-math.log(3), dtype=torch.float64)  # exp(-x) = 3
for name in ("sigmoid", "tanh", "SiLU"):
    function, derivative = ACTIVATIONS[name]
    print(f"{name}: value {function(x):.4f}, slope {derivative(x):.4f}")
