"""Where chance comes from in each step: the seed, the epoch, the step.

Nothing is carried from one step to the next. So a run that was killed and
goes on at step 500 sees what it would have seen.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from jaxtyping import Int
from torch import Tensor

from dlbook.experiment.streams import APART as SEEDS
from dlbook.experiment.streams import stream

APART = 10 * SEEDS  # from one epoch or step to the next: see `stream`
# Of a seed the CPU's generator looks at the lowest 32 bits alone, so that what
# lies 2**32 apart is the same. Multiples of this odd number fill them evenly.
RANKS_APART = 2_654_435_761


# --8<-- [start:draws]
def draws(seed: int, purpose: str, number: int) -> torch.Generator:
    """The random numbers of one purpose in one epoch or step, on the CPU.

    Args:
        seed: of the whole run, from 0 to 999,999.
        purpose: one of those of `stream`: "order", "noise", "augment" …
        number: of the epoch or the step, from 0.
    """
    base = stream(seed, purpose).initial_seed()
    return torch.Generator().manual_seed(base + APART * number)


def order(examples: int, seed: int, epoch: int) -> Int[Tensor, " n"]:
    """In which order an epoch sees the examples.

    >>> order(5, seed=0, epoch=0).tolist(), order(5, seed=0, epoch=1).tolist()
    ([0, 4, 2, 1, 3], [3, 2, 0, 4, 1])
    """
    return torch.randperm(examples, generator=draws(seed, "order", epoch))
# --8<-- [end:draws]


@contextmanager
def seeded(
    seed: int, step: int, device: torch.device, rank: int = 0
) -> Iterator[None]:
    """Within it, what draws from no generator (dropout) draws by the step.

    Each process of a team has a chance of its own: other pictures, other
    units dropped. Afterwards PyTorch's own chance goes on as if nothing had
    been drawn.
    """
    gpus = [device] if device.type == "cuda" else []
    with torch.random.fork_rng(devices=gpus):
        base = draws(seed, "noise", step).initial_seed()
        torch.manual_seed(base + RANKS_APART * rank)
        yield
