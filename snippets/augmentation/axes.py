import torch

from dlbook.augmentation import colour_axes
from dlbook.data import photo

x = photo("flower")
found = colour_axes(x[None])
c = torch.cov(x.flatten(1).double(), correction=0)
values, vectors = torch.linalg.eigh(c)  # the smallest first
print("variances", [round(v, 4) for v in found.values.tolist()])
print("axis 1   ", [round(v, 3) for v in found.vectors[:, 0].tolist()])
print("like eigh:", torch.allclose(found.values, values.flip(0)))
along = (found.vectors * vectors.flip(1)).sum(0).abs()
print("same axes, up to sign:", torch.allclose(along, torch.ones(3).double()))
share = found.values / found.values.sum()
print(f"axis 1 holds {share[0]:.0%} of the variance")
