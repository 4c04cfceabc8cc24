import torch

from dlbook import device
from dlbook.augmentation import crop, flip, random_crop

rng = torch.Generator().manual_seed(0)
x = torch.rand(64, 3, 32, 32, generator=rng).to(device())
which = torch.rand(64, generator=rng) < 0.5
corners = torch.randint(9, (64, 2), generator=rng)
views = crop(flip(x, which), corners, 24)
for image, mirrored, (i, j), view in zip(
        x, which, corners.tolist(), views, strict=True):
    image = image.flip(2) if mirrored else image
    assert torch.equal(view, image[:, i:i + 24, j:j + 24])
print("64 images, each as in a loop:", tuple(views.shape))
for kind in torch.uint8, torch.float16:
    y = random_crop(x.to(kind), 32, rng, padding=4)
    print(f"{kind} stays {y.dtype}")
