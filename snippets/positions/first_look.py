import torch

from dlbook.positions import positions

print(positions(torch.ones(2)))
