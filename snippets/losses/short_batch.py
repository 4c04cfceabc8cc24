import torch

from dlbook.data import digits
from dlbook.losses import cross_entropy

images, labels = digits()
x, g = images.flatten(1).double(), torch.Generator().manual_seed(0)
weight = 0.1 * torch.randn(10, 64, dtype=x.dtype, generator=g)
logits = x @ weight.T
parts = list(zip(logits.split(64), labels.split(64), strict=True))
means = torch.stack([cross_entropy(z, y) for z, y in parts])
sizes = torch.tensor([len(y) for _, y in parts])
print(len(parts), "batches, the last one of", sizes[-1].item())
print(f"mean over all digits:  {cross_entropy(logits, labels):.4f}")
print(f"mean of the means:     {means.mean():.4f}")
print(f"weighted by the sizes: {(means * sizes).sum() / sizes.sum():.4f}")
