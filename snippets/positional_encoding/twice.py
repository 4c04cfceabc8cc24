# --8<-- [start:net]
import torch
from torch import nn
from torch.nn.functional import scaled_dot_product_attention

from dlbook.positional_encoding import positional_encoding


class ThreeBack(nn.Module):
    """Which digit stood three places before? One layer of attention."""

    def __init__(self, spread, g, d=32):
        super().__init__()
        self.digits = nn.Parameter(torch.randn(10, d, generator=g) * spread)
        start = torch.randn(3, d, d, generator=g) / d**0.5
        self.qkv, self.read = nn.Parameter(start), nn.Linear(d, 10)

    def forward(self, line):
        x = self.digits[line] * 32**0.5 + positional_encoding(24, 32).float()
        mixed = scaled_dot_product_attention(*(x @ w for w in self.qkv))
        return self.read(mixed[:, 3:]).mT
# --8<-- [end:net]


# --8<-- [start:compare]
# about a minute
from dlbook.experiment import Data, compare

g = torch.Generator().manual_seed(0)
lines = torch.randint(10, (4000, 24), generator=g)
data = Data(*((x, x[:, :-3]) for x in lines.split([3600, 200, 200])))
nets = {"spread 1/√d": lambda generator: ThreeBack(32**-0.5, generator),
        "spread 1": lambda generator: ThreeBack(1, generator)}
print(compare(nets, data, steps=400, rates=(0.003, 0.01, 0.03), batch=16))
# --8<-- [end:compare]
