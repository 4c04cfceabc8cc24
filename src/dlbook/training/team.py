"""Several processes that train one model together, or one that works alone.

`torchrun` starts them; PyTorch's DistributedDataParallel adds up what they
find. Each sees a part of each batch. The mean is over the whole batch, also
where the parts are unequal.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from jaxtyping import Int
from torch import Tensor, distributed, nn


# --8<-- [start:team]
@dataclass(frozen=True)
class Team:
    """Which of how many processes this one is.

    Args:
        rank: the number of this process, from 0. Number 0 writes the files.
        size: how many there are.
    """

    rank: int = 0
    size: int = 1

    @property
    def writes(self) -> bool:
        return self.rank == 0

    def share(self, indices: Int[Tensor, " n"]) -> Int[Tensor, " m"]:
        """The part of a batch that is this process's: every size-th."""
        return indices[self.rank::self.size]

    def sum(self, x: Tensor) -> Tensor:
        """The sum of what all processes have."""
        if self.size > 1:
            distributed.all_reduce(x)
        return x

    def joined(self, model: nn.Module) -> nn.Module:
        """The model, its gradients averaged over the processes."""
        if self.size == 1:
            return model
        return nn.parallel.DistributedDataParallel(model)


ALONE = Team()


@contextmanager
def gathered() -> Iterator[Team]:
    """The team that `torchrun` has started; without it, this process alone.

    On GPUs each process should call `torch.cuda.set_device` before.
    """
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        yield ALONE
        return
    distributed.init_process_group("nccl" if _on_gpus() else "gloo")
    try:
        yield Team(distributed.get_rank(), size)
    finally:
        distributed.destroy_process_group()
# --8<-- [end:team]


def _on_gpus() -> bool:
    return torch.cuda.is_available() and os.environ.get("DLBOOK_DEVICE") != "cpu"
