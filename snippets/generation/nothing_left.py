import torch

probabilities = torch.tensor([0.4, 0.25, 0.2, 0.1, 0.05])
together = probabilities.cumsum(0)
kept = probabilities * (together <= 0.3)  # all up to p, and none beyond
torch.multinomial(kept, 1, generator=torch.Generator().manual_seed(0))
