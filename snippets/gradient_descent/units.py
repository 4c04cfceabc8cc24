import math

import torch

from dlbook.data import petals
from dlbook.gradient_descent.bowl import best_step

x, y = petals()
for name, z in [
    ("millimetres", 10 * x), ("centimetres", x),
    ("centred, mm", 10 * (x - x.mean())), ("centred, cm", x - x.mean()),
    ("standardised", (x - x.mean()) / x.std()),
]:
    columns = torch.stack([z, torch.ones_like(z)], 1)
    hessian = 2 / len(z) * columns.T @ columns
    low, high = torch.linalg.eigvalsh(hessian).tolist()
    lr, _ = best_step(low, high)
    bottom = torch.linalg.lstsq(columns, y[:, None]).solution[:, 0]
    gap, steps = -bottom, 0  # from w = b = 0
    while gap.norm() > 0.01 * bottom.norm():
        gap, steps = gap - lr * hessian @ gap, steps + 1
    print(f"{name:12} κ {high / low:6.1f}: {steps:5} steps;",
          f"κ/2 ln 100 = {high / low / 2 * math.log(100):.0f}")
