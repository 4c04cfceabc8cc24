"""Where chance comes from: each seed has a stream of its own for each purpose.

One seed stands for all that chance decides in one run. Its streams do not
touch each other: a network that draws more numbers for its start sees the
same examples in the same order. So runs of the same seed are pairs.

    start     the weights that `make` draws
    order     which examples each step sees
    noise     what the network draws itself, such as dropout
    augment   how examples are changed before they are seen
    split     which examples are for training, validation and test
    layers    weights for which `make`, given a generator, does not use it
"""

from collections.abc import Iterable, Iterator

import torch
from jaxtyping import Int
from torch import Tensor

from dlbook._checking import checked_whole

PURPOSES = ("start", "order", "noise", "augment", "split", "layers")
APART = 1_000_000  # from one purpose to the next; seeds stay below


# --8<-- [start:stream]
def stream(seed: int, purpose: str) -> torch.Generator:
    """The random numbers of a seed for one purpose, on the CPU.

    >>> stream(7, "start").initial_seed(), stream(7, "order").initial_seed()
    (7, 1000007)

    Raises:
        ValueError: for a seed outside 0 … 999,999, or another purpose.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"purpose must be one of {PURPOSES}, got {purpose!r}")
    if checked_whole("a seed", seed, 0) >= APART:
        raise ValueError(f"a seed must be below {APART}, got {seed}")
    place = PURPOSES.index(purpose)
    return torch.Generator().manual_seed(seed + APART * place)
# --8<-- [end:stream]


# --8<-- [start:batches]
def batches(
    seeds: Iterable[int], examples: int, batch: int
) -> Iterator[Int[Tensor, "seeds batch"]]:
    """Without end: which examples each seed sees in the next step.

    All are shuffled, then shuffled again, and so on; this row is cut into
    pieces of equal length. So each is seen once before any comes again.

    >>> steps = batches([0, 1], 5, 3)
    >>> next(steps)
    tensor([[0, 4, 2],
            [3, 2, 4]])

    Args:
        seeds: each has its own order.
        examples: how many there are.
        batch: how many each step sees.

    Raises:
        ValueError: for a batch larger than all examples, and numbers without
            sense.
    """
    checked_whole("examples", examples, 1)
    checked_whole("batch", batch, 1, most=examples)
    return _cut([stream(seed, "order") for seed in seeds], examples, batch)
# --8<-- [end:batches]


def _cut(generators, examples, batch) -> Iterator[Tensor]:
    rows = torch.empty(len(generators), 0, dtype=torch.int64)
    while True:
        shuffled = [torch.randperm(examples, generator=g) for g in generators]
        rows = torch.cat([rows, torch.stack(shuffled)], 1)
        while rows.shape[1] >= batch:
            yield rows[:, :batch]
            rows = rows[:, batch:]
