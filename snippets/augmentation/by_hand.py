import torch

from dlbook.augmentation import crop, random_crop, random_flip

row = torch.tensor([[[[1, 2, 3, 4]]]])  # one image, one row
rng = torch.Generator().manual_seed(0)
batch = row.expand(4, -1, -1, -1)
print("flipped or not:", random_flip(batch, rng)[:, 0, 0].tolist())
print("from column 1: ", crop(row, torch.tensor([[0, 1]]), (1, 3)).tolist())
print("random places: ", random_crop(batch, (1, 3), rng)[:, 0, 0].tolist())
padded = random_crop(batch, (1, 4), rng, padding=(0, 1))
print("padded first:  ", padded[:, 0, 0].tolist())
