import torch
from torch import nn

g = torch.Generator().manual_seed(0)
layer = nn.Embedding(9, 3, padding_idx=0)
print("made:    ", layer.weight[0].tolist())
nn.init.normal_(layer.weight, generator=g)  # as a whole model is drawn anew
before = layer.weight[0].detach().clone()
step = torch.optim.SGD(layer.parameters(), lr=0.1)
for _ in range(100):
    step.zero_grad()
    layer(torch.tensor([[5, 7, 0, 0]])).square().sum().backward()
    step.step()
print("drawn:   ", *(f"{w:.2f}" for w in before.tolist()))
print("trained: ", *(f"{w:.2f}" for w in layer.weight[0].tolist()))
loaded = nn.Embedding.from_pretrained(torch.ones(9, 3), padding_idx=0)
print("from_pretrained:", loaded.weight[0].tolist())
