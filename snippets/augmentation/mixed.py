import torch
from torch.nn.functional import cross_entropy, one_hot

from dlbook.augmentation import mixup
from dlbook.data import digits

x, y = (part[:3] for part in digits())  # a zero, a one, a two
labels = one_hot(y, 3).float()
share, partner = torch.tensor([0.9, 0.5, 1.0]), torch.tensor([1, 2, 0])
mixed, targets = mixup(x, labels, share, partner)
for before, after in zip(y.tolist(), targets.tolist(), strict=True):
    print(before, "becomes", [round(share, 2) for share in after])
scores = torch.tensor([[2.0, 1.0, 0.0]])
both = [cross_entropy(scores, labels[[i]]).item() for i in (0, 1)]
print(f"loss of 0: {both[0]:.3f}, of 1: {both[1]:.3f}, of the mixture:"
      f" {cross_entropy(scores, targets[:1]).item():.3f}")
print(f"0.9 and 0.1 of them: {0.9 * both[0] + 0.1 * both[1]:.3f}")
