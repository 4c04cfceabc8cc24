import torch
from torch import nn

net = nn.Sequential(nn.Conv2d(3, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
                    nn.Flatten(), nn.Linear(6 * 14 * 14, 10))
x = torch.zeros(8, 3, 32, 32)  # this one is right
wrong = {
    "flat size": torch.zeros(8, 3, 28, 28),
    "no batch axis": x[0],
    "no channel axis": x[:, 0],
    "NHWC": x.permute(0, 2, 3, 1),
    "bytes": x.to(torch.uint8),
    "double": x.double(),
    "device": x.to("meta"),
}
for name, bad in wrong.items():
    try:
        net(bad)
    except RuntimeError as error:
        print(f"{name}, {tuple(bad.shape)}\n    {error}")
