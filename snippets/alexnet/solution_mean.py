import torch
from torch import nn

from dlbook.alexnet import AlexNet2012
from dlbook.cnn import layer_table

with torch.device("meta"):
    net, x = AlexNet2012(), torch.zeros(1, 3, 227, 227)
    mean = nn.Sequential(net.features, nn.AdaptiveAvgPool2d(1),
                         nn.Flatten(), nn.Linear(256, 1000))
    for name, model in ("dense layers", net), ("mean of maps", mean):
        rows = layer_table(model, x)
        print(f"{name}: {sum(row.parameters for row in rows):,} parameters,"
              f" {sum(row.multiply_adds for row in rows):,} multiply-adds")
