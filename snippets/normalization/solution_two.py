import torch

from dlbook.normalization import BatchNorm

layer = BatchNorm(3, eps=0)
for pair in [[1.0, 5, -2], [3.0, 4, 90]], [[0.0, 7, 1], [0.1, -7, 1000]]:
    print(layer(torch.tensor(pair)).round(decimals=3).tolist())
