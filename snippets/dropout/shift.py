import torch
from torch import nn

from dlbook.dropout import dropout

rng = torch.Generator().manual_seed(0)
x = torch.randn(1_000_000, 1, generator=rng).double().relu()
mu, v = x.mean(), x.var()
for p in (0.1, 0.3, 0.6):
    norm = nn.BatchNorm1d(1, momentum=None).double()
    norm(dropout(x, p, rng))  # in training it stores what it sees
    stored = norm.running_var
    factor = 1 / (1 + p / (1 - p) * (1 + mu**2 / v))
    ends = norm.eval()(x).var()
    print(f"p = {p}: variance {v:.2f}, stored {stored.item():.2f};"
          f" behind the norm {ends:.2f}, formula {factor:.2f}")
