from itertools import islice

from torch import Generator
from torch.utils.data import DataLoader


def two_epochs(first, seeded):
    g = Generator().manual_seed(0)
    loader = DataLoader("abcdefgh", 4, shuffle=True, generator=g)
    for epoch, read in enumerate((first, list)):
        if seeded:
            g.manual_seed(100 + epoch)
        yield " ".join("".join(batch) for batch in read(loader))


for seeded in (False, True):
    print("each epoch seeded:", seeded)
    for name, first in [("to its end", list),
                        ("two batches", lambda loader: islice(loader, 2))]:
        print(f"  {name:11} then", " | ".join(two_epochs(first, seeded)))
