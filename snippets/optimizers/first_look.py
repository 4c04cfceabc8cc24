import torch

from dlbook.optimizers import optimizers

print(optimizers(torch.ones(2)))
