import torch

from dlbook.augmentation import random_crop
from dlbook.data import photo

rng = torch.Generator().manual_seed(0)
random_crop(photo("flower"), 224, rng)
