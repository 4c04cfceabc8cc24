import torch

from dlbook.augmentation import colour_axes, colour_shifts
from dlbook.data import photo

axes = colour_axes(photo("flower")[None])
rng = torch.Generator().manual_seed(0)
for form, scale in ("variance", axes.values), ("deviation",
                                                axes.values.sqrt()):
    drawn = colour_shifts(axes, 100_000, rng, form=form)
    expected = axes.vectors @ (0.1 * scale).square().diag() @ axes.vectors.T
    off = (drawn.T @ drawn / len(drawn) - expected).norm() / expected.norm()
    print(f"{form}: within 2 % of the formula: {off.item() < 0.02}")
    print("  standard deviation of red, green, blue:",
          [round(s, 4) for s in expected.diag().sqrt().tolist()])
