import torch
from torch import nn

from dlbook.transformer import Residual

x = torch.tensor([1.0, 3.0])
swap = nn.Linear(2, 2, bias=False)
swap.weight.data = torch.tensor([[0.0, 2.0], [2.0, 0.0]])
for place in "after", "before":
    y = Residual(swap, 2, norm=place)(x)
    print(f"norm {place:6}", [round(n, 3) for n in y.tolist()])
