import torch
from torch import nn

import dlbook
from dlbook.torch_nn import draw_as_torch

n, layers = 64, 8
g = torch.Generator().manual_seed(0)
x = torch.randn(2, n, generator=g)
x = x / x.square().mean(1, keepdim=True).sqrt()  # mean square: 1
net = nn.Sequential(*[nn.Linear(n, n) for _ in range(layers)])
seen = torch.zeros(layers, 2)
for _ in range(200):  # networks
    h = x.to(dlbook.device())
    draw_as_torch(net, g).to(h)
    for number, layer in enumerate(net):
        h = layer(h).relu()
        square = h.square().mean()
        apart = (h[0] - h[1]).square().mean()
        seen[number] += torch.stack([square, apart]).detach().cpu() / 200
q = 1.0
print("layer  formula  mean square  of the difference of two inputs")
for number, (square, apart) in enumerate(seen.tolist(), start=1):
    q = (q + 1 / n) / 6
    print(f"{number:5}  {q:.4f}   {square:.4f}       {apart:.0e}")
