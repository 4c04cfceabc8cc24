import torch

from dlbook.alexnet import SmallAlexNet
from dlbook.cnn import layer_table

for c in 1, 3:
    rows = layer_table(SmallAlexNet(c_in=c), torch.zeros(1, c, 32, 32))
    print(f"{c} channels: c1 has {rows[0].parameters:,} parameters and"
          f" {rows[0].multiply_adds:,} multiply-adds, together"
          f" {sum(row.parameters for row in rows):,}")
