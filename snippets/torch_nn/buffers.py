import torch
from torch import nn


class Four(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))
        self.register_buffer("mean", torch.zeros(1))
        self.register_buffer("mask", torch.zeros(1), persistent=False)
        self.plain = torch.zeros(1)


net = Four().double()
trained, saved = dict(net.named_parameters()), net.state_dict()
print("        trained  saved  moved")
for name in ("weight", "mean", "mask", "plain"):
    moved = getattr(net, name).dtype == torch.float64
    print(f"{name:7} {name in trained!s:8} {name in saved!s:6} {moved}")
