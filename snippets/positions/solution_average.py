import torch

from dlbook.attention import attention, causal_mask

start, word = torch.tensor([1.0, 0.0]), torch.tensor([0.0, 1.0])
x = torch.stack([start] + [word] * 4)
zeros = torch.zeros(5, 2)  # all scores are 0: each looks evenly
y = attention(zeros, zeros, x, causal_mask(5))
print("part of the first word:", *(f"{part:.3f}" for part in y[:, 0]))
print("places read off it:", *(f"{1 / part - 1:.0f}" for part in y[:, 0]))
