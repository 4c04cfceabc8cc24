import torch
from torch import nn


class Adapted(nn.Linear):
    """A dense layer with a low-rank addition."""
    def __init__(self, d):
        super().__init__(d, d)
        self.down = nn.Parameter(torch.ones(1, d))
        self.up = nn.Parameter(torch.ones(d, 1))
    def forward(self, x):
        return super().forward(x) + x @ self.down.T @ self.up.T


attention = nn.MultiheadAttention(8, 2, batch_first=True)
attention.out_proj = Adapted(8)
x = torch.randn(1, 5, 8, generator=torch.Generator().manual_seed(0))
attention(x, x, x)[0].sum().backward()
for name, value in attention.out_proj.named_parameters():
    print(f"{name:7}", "no gradient" if value.grad is None else "a gradient")
