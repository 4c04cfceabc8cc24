from math import comb

import torch

g = torch.Generator().manual_seed(0)
side = torch.linspace(-40, 40, 1601).double()
spots = torch.cartesian_prod(side, side)
for n in (1, 2, 3, 4):
    w, b = torch.randn(3, n, dtype=side.dtype, generator=g).split([2, 1])
    on = (spots @ w + b > 0).int() @ 2 ** torch.arange(n).int()
    formula = sum(comb(n, j) for j in range(3))
    print(f"{n} units: {len(on.unique())} parts, at most {formula};",
          f"patterns that one could write down: {2**n}")
