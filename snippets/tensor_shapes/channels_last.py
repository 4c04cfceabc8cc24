import torch
from torch import nn

x = torch.rand(8, 3, 32, 32, generator=torch.Generator().manual_seed(0))
y = x.to(memory_format=torch.channels_last)
conv = nn.Conv2d(3, 6, 5)
for name, t in {
    "x": x, "y": y, "conv(x)": conv(x), "conv(y)": conv(y),
    "permuted": torch.zeros(8, 32, 32, 3).permute(0, 3, 1, 2),
    "gray": torch.zeros(8, 1, 32, 32),
}.items():
    usual = t.is_contiguous()
    last = t.is_contiguous(memory_format=torch.channels_last)
    print(f"{name:8} {tuple(t.shape)!s:14} {t.stride()!s:20}",
          "contiguous" if usual else "", "channels_last" if last else "")
print("same numbers:", torch.equal(x, y))
print("flat the same way:", torch.equal(x.flatten(1), y.flatten(1)))
