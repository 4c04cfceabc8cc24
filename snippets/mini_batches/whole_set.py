import torch
from torch.nn.functional import cross_entropy

from dlbook.lenet import LeNet
from dlbook.mini_batches import Kept

model = LeNet().to("meta")  # shapes without numbers: nothing is computed
for images in [1, 64, 1024, 60_000]:
    x = torch.empty(images, 1, 28, 28, device="meta")
    y = torch.empty(images, dtype=torch.int64, device="meta")
    with Kept(x, y, *model.parameters()) as kept:
        cross_entropy(model(x), y).backward()
    print(f"{images:6,} pictures: {kept.peak / 1e6:8,.2f} MB, for each",
          f"{kept.peak // images:,} bytes")
