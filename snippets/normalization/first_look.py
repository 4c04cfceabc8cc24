import torch

from dlbook.normalization import normalization

print(normalization(torch.ones(2)))
