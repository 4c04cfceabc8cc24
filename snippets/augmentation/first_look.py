import torch

from dlbook.augmentation import augmentation

print(augmentation(torch.ones(2)))
