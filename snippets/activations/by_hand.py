import math

import torch

from dlbook.activations import ACTIVATIONS

x = torch.tensor(math.log(3), dtype=torch.float64)  # exp(-x) = 1/3
for name, activation in ACTIVATIONS.items():
    y, slope = activation.function(x), activation.derivative(x)
    print(f"{name:10}  value {y:.4f}  slope {slope:.4f}")
