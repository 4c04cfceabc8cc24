import torch
from torch import nn

with torch.device("meta"):
    x = torch.zeros(1_000_000, 3, 32, 32)
    net = nn.Sequential(nn.Conv2d(3, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
                        nn.Flatten(), nn.Linear(6 * 14 * 14, 10))
print(f"{'images':10} {tuple(x.shape)}, {x.nbytes / 1e9:.1f} GB in earnest")
for layer in net:
    x = layer(x)
    print(f"{type(layer).__name__:10} {tuple(x.shape)}")
left = nn.Linear(3, 4, bias=False, device="meta")
y = left(torch.zeros(2, 3))
print(f"cpu through a layer on meta: {tuple(y.shape)}, {y.device}, no error")
