import math

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR


def cosine(done):
    return (1 + math.cos(math.pi * done)) / 2


steps = 20
optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
schedule = CosineAnnealingLR(optimizer, steps)
gap = 0.0
for step in range(steps):
    rate = optimizer.param_groups[0]["lr"]
    gap = max(gap, abs(rate - cosine(step / steps)))
    optimizer.step()
    schedule.step()
print("largest difference from PyTorch below 1e-12:", gap < 1e-12)
print("at a quarter, half, all of the run:",
      [round(cosine(done), 2) for done in (0.25, 0.5, 1.0)])
