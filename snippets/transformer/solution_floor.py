import torch

from dlbook.losses import cross_entropy

tokens, part = 37_000, 0.1
others = part / tokens
right = 1 - part + others
p = torch.full((tokens,), others, dtype=torch.float64)
p[0] = right
floor = -(p * p.log()).sum()
loss = cross_entropy(p.log()[None], torch.tensor([0]), label_smoothing=part)
print(f"floor {floor:.2f}, loss of these probabilities {loss:.2f}")
print(f"perplexity on the true tokens {1 / right:.2f}")
