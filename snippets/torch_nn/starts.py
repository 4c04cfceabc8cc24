import torch
from torch import nn

from dlbook.torch_nn import draw_as_torch

g = torch.Generator().manual_seed(0)
rows = [("Linear(400, 120)", nn.Linear(400, 120), 400),
        ("Conv2d(6, 16, 5)", nn.Conv2d(6, 16, 5), 6 * 25),
        ("Conv2d(…, groups=2)", nn.Conv2d(64, 64, 3, groups=2), 32 * 9),
        ("ConvTranspose2d(64, 8, 3)", nn.ConvTranspose2d(64, 8, 3), 8 * 9),
        ("LSTM(20, 64)", nn.LSTM(20, 64), 64)]
print(f"{'':26}   n  largest · √n")
for name, layer, n in rows:
    draw_as_torch(layer, g)
    most = max(p.abs().max() for p in layer.parameters()).item()
    print(f"{name:26} {n:3}  {most * n**0.5:.2f}")
words = draw_as_torch(nn.Embedding(5000, 64), g).weight
print(f"{'Embedding(5000, 64)':26} std {words.std():.2f}")
for name, value in nn.BatchNorm2d(3).state_dict().items():
    print(f"BatchNorm2d  {name:20}", value.unique().item())
