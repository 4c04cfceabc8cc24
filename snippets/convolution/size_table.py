import torch

from dlbook.convolution import output_size

print("  n  k  s  p  d | counted  formula  torch")
for n, k, s, p, d in [
    (5, 3, 1, 0, 1), (5, 3, 1, 1, 1), (5, 5, 1, 0, 1), (6, 2, 1, 0, 1),
    (7, 3, 2, 0, 1), (8, 3, 2, 0, 1), (8, 3, 2, 1, 1), (8, 1, 3, 0, 1),
    (9, 3, 1, 0, 2), (9, 3, 1, 2, 2), (9, 4, 3, 2, 2), (28, 5, 1, 2, 1),
    (32, 5, 1, 0, 1), (224, 7, 2, 3, 1), (224, 11, 4, 2, 1),
    (227, 11, 4, 0, 1),
]:
    width, room = d * (k - 1) + 1, n + 2 * p
    starts = [t for t in range(0, room, s) if t + width <= room]
    formula = output_size(n, k, stride=s, padding=p, dilation=d)
    layer = torch.nn.Conv2d(1, 1, (1, k), s, (0, p), d)
    theirs = layer(torch.zeros(1, 1, 1, n)).shape[3]
    print(f"{n:3}{k:3}{s:3}{p:3}{d:3} |{len(starts):6}{formula:9}{theirs:8}")
    assert len(starts) == formula == theirs
