import torch
from torch import nn

rows = torch.tensor([[-3.0, -1], [-1, -3], [0, 0], [0, 0]])  # 2 of filler
real = rows[:2]
print("mean:   ", rows.mean(0).tolist(), "real:", real.mean(0).tolist())
print("largest:", rows.amax(0).tolist(), "real:", real.amax(0).tolist())
weights = rows.sum(1).softmax(0)
print("softmax:", *(f"{a:.2f}" for a in weights.tolist()))
linear = nn.Linear(2, 2)
nn.init.constant_(linear.bias, 0.5)
print("filler after a linear layer:", linear(rows)[2].tolist())
