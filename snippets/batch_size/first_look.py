import torch

from dlbook.batch_size import batch_size

print(batch_size(torch.ones(2)))
