import torch

from dlbook.alexnet import AlexNet2012
from dlbook.cnn import layer_table

with torch.device("meta"):
    x = torch.zeros(1, 3, 227, 227)
    whole, half = (layer_table(net, x) for net in (
        AlexNet2012(), AlexNet2012(channels=(48, 128, 192, 192, 128),
                                   towers=1)))
for name, rows in ("two towers", whole), ("one of them", half):
    conv, dense = (sum(row.parameters for row in rows if row.kind == kind)
                   for kind in ("Conv2d", "Linear"))
    print(f"{name}: convolutions {conv:,}, dense layers {dense:,}")
