import torch
from torch import nn

from dlbook.losses import cross_entropy

g = torch.Generator().manual_seed(0)
scores = torch.randn(6, 13, generator=g, dtype=torch.float64)
target = torch.randint(13, (6,), generator=g)
ours = cross_entropy(scores, target, label_smoothing=0.1)
theirs = nn.functional.cross_entropy(scores, target, label_smoothing=0.1)
print("equal:", torch.allclose(ours, theirs))
for ahead in 2, 5, 10:  # how far the right score is above the others
    sure = ahead * nn.functional.one_hot(target, 13).double()
    plain, smooth = (cross_entropy(sure, target, label_smoothing=e)
                     for e in (0, 0.1))
    print(f"right by {ahead:2}: plain {plain:.3f}, smoothed {smooth:.3f}")
