from itertools import product

import torch

from dlbook.dropout import apply_mask, spread

h, w, p = torch.tensor([3.0, 1, 2]), torch.tensor([1.0, 2, -1]), 0.25
mean = square = 0
for m in product([0, 1], repeat=3):
    chance = p ** m.count(0) * (1 - p) ** m.count(1)
    z = apply_mask(h, torch.tensor(m).float(), p) @ w
    print(m, f"chance {chance:.4f}, sum {z:5.2f}")
    mean, square = mean + chance * z, square + chance * z**2
print(f"all masks: mean {mean:.2f}, variance {square - mean**2:.2f}")
mean, variance = spread(h, w, p)
print(f"formulas:  mean {mean:.2f}, variance {variance:.2f}")
