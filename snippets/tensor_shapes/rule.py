import itertools

import torch


def together(a, b):
    """The shape of a sum of shapes a and b, or None if they do not fit."""
    longest = max(len(a), len(b))
    a, b = ((1,) * (longest - len(s)) + s for s in (a, b))
    if any(m != n and 1 not in (m, n) for m, n in zip(a, b, strict=True)):
        return None
    return tuple(n if m == 1 else m for m, n in zip(a, b, strict=True))


sizes = (0, 1, 2, 3)
shapes = [s for k in range(4) for s in itertools.product(sizes, repeat=k)]
agree = 0
for a, b in itertools.product(shapes, repeat=2):
    try:
        told = tuple((torch.zeros(a) + torch.zeros(b)).shape)
    except RuntimeError:
        told = None
    agree += told == together(a, b)
print(f"as PyTorch: {agree:,} of {len(shapes) ** 2:,} pairs of shapes")
