import matplotlib.pyplot as plt
import torch

from dlbook.positional_encoding import positional_encoding

sizes, g = [16, 32, 64, 128, 256, 512], torch.Generator().manual_seed(0)
lines = {"spread 1/√d": [], "spread 1/√d, times √d": [],
         "spread 1, times √d": [], "positions": []}
for d in sizes:
    drawn = torch.randn(1000, d, generator=g, dtype=torch.float64)
    rows = (drawn / d**0.5, drawn, drawn * d**0.5, positional_encoding(50, d))
    for name, row in zip(lines, rows, strict=True):
        lines[name].append(row.norm(dim=1).mean().item())
plt.figure(figsize=(5, 3))
for (name, lengths), mark in zip(lines.items(), "os^D", strict=True):
    print(f"{name}: {lengths[-1]:.0f} at d = 512")
    plt.loglog(sizes, lengths, mark + "-", ms=4, label=name)
plt.legend(fontsize=8)
plt.gca().set(xlabel="d", ylabel="length of a row")
plt.gca().set_xticks(sizes, sizes)
plt.minorticks_off()
plt.show()
