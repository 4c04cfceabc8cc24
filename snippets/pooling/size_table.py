import torch

from dlbook.pooling import output_size

print("  n  k  s  p | floor torch | ceil torch")
for n, k, s, p in [
    (28, 2, 2, 0), (7, 2, 2, 0), (55, 3, 2, 0), (112, 3, 2, 0),
    (112, 3, 2, 1), (6, 3, 2, 1), (5, 2, 2, 1), (4, 1, 5, 0), (2, 3, 2, 0),
]:
    image = torch.zeros(1, 1, n, n)
    row = f"{n:3}{k:3}{s:3}{p:3} |"
    for ceil in (False, True):
        layer = torch.nn.MaxPool2d(k, s, p, ceil_mode=ceil)
        try:
            ours = output_size(n, k, stride=s, padding=p, ceil_mode=ceil)
            row += f"{ours:6}{layer(image).shape[2]:6}"
        except ValueError:
            row += "  none    - "
        row += "" if ceil else " |"
    print(row)
