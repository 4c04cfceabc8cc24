import math

import torch

from dlbook.embedding.vectors import ppmi

counts = torch.tensor([[0.0, 6, 2], [6, 0, 0], [2, 0, 0]])
chance = counts.sum(1)[:, None] * counts.sum(0) / counts.sum()
print("by chance, a and b:", chance[0, 1].item())
print("by chance, a and c:", chance[0, 2].item())
table = ppmi(counts)
print(f"PPMI of a and b: {table[0, 1]:.3f}, of a and c: {table[0, 2]:.3f}")
print(f"best score of a and b for k = 4: {table[0, 1] - math.log(4):.3f}")
