import torch
from torch import nn


class Deep(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.layers = layers


dense = [nn.Linear(4, 4), nn.Linear(4, 2)]
kept = Deep(nn.ModuleList(dense))
print("ModuleList:", sum(p.numel() for p in kept.parameters()))
lost = Deep(dense)
print("list:", sum(p.numel() for p in lost.parameters()))
torch.optim.SGD(lost.parameters(), lr=0.1)
