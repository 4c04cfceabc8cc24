from torch import nn

from dlbook.cnn import layer_table
from dlbook.datasets import load, pixels
from dlbook.fully_connected import count_parameters
from dlbook.lenet import LeNet

x = pixels(load("fashion-small").test.x[:1])
other = nn.Sequential(
    nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
    nn.Linear(256, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
    nn.Linear(84, 10),
)
for name, net in ("LeNet", LeNet()), ("other", other):
    rows = layer_table(net, x)
    flat = next(row.gives[0] for row in rows if row.kind == "Flatten")
    work = sum(row.multiply_adds for row in rows)
    print(f"{name}: {flat} numbers flat, {work:,} multiply-adds,"
          f" {count_parameters(net):,} parameters")
