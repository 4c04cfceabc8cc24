import torch

from dlbook.mini_batches import mini_batches

print(mini_batches(torch.ones(2)))
