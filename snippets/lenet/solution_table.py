import torch

from dlbook.fully_connected import count_parameters
from dlbook.lenet import SparseConv2d, table

whole = [range(6)] * 16
threes = [[(i + j) % 6 for j in range(3)] for i in range(16)]
for name, reads in ("1998", table()), ("all", whole), ("threes", threes):
    layer = SparseConv2d(6, reads, 5)
    pairs = sum(map(len, reads))
    y = layer(torch.zeros(1, 6, 14, 14))
    work = pairs * 25 * y[0, 0].numel()
    print(f"{name:6} {pairs:3} pairs, {work:7,} multiply-adds,"
          f" {count_parameters(layer):5,} parameters")
