import torch

from dlbook.transformer.generation import top_p

shares = torch.tensor([0.1, 0.3, 0.05, 0.3, 0.25])
for p in 0.3, 0.31, 0.6, 0.84, 0.86:
    kept = top_p(shares.log(), p) > float("-inf")
    print(p, kept.nonzero().flatten().tolist())
