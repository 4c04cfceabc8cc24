from itertools import product

import torch

from dlbook.dropout import apply_mask

rng = torch.Generator().manual_seed(0)
h = torch.rand(10, generator=rng)  # ten units, 1,024 masks
weight = torch.randn(4, 10, generator=rng)  # four classes
masks = torch.tensor(list(product([0.0, 1.0], repeat=10)))
thinned = apply_mask(h.expand(1024, 10), masks, 0.5) @ weight.T
scaled = (weight @ h).softmax(0)
arithmetic = thinned.softmax(1).mean(0)
geometric = thinned.log_softmax(1).mean(0).softmax(0)
for name, share in {
    "scaled net": scaled, "geometric mean": geometric,
    "arithmetic mean": arithmetic,
}.items():
    print(f"{name:16}", *(f"{s:.3f}" for s in share.tolist()))
