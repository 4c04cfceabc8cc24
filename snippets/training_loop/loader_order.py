from itertools import islice

import torch
from torch.utils.data import DataLoader


def second_epoch(first, reseed):
    g = torch.Generator().manual_seed(0)
    loader = DataLoader(range(8), batch_size=4, shuffle=True, generator=g)
    if reseed:
        g.manual_seed(0 + 1)  # seed + epoch
    seen = [batch.tolist() for batch in first(loader)]
    if reseed:
        g.manual_seed(0 + 2)
    return seen, [batch.tolist() for batch in loader]


ways = {"to its end": list, "two batches of two": lambda it: islice(it, 2)}
for reseed in (False, True):
    print("seeded in each epoch:", reseed)
    for name, first in ways.items():
        one, two = second_epoch(first, reseed)
        print(f"  {name:19} first {one}  second {two}")
