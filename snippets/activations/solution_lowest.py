import torch

from dlbook.activations import silu, silu_derivative

low, high = torch.tensor([-2.0, 0.0], dtype=torch.float64)
for _ in range(40):  # the slope is negative at low, positive at high
    middle = (low + high) / 2
    if silu_derivative(middle) < 0:
        low = middle
    else:
        high = middle
print(f"SiLU is lowest at {low:.3f}, its value there is {silu(low):.3f}")
