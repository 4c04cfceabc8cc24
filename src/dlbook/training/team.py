"""Several processes that train one model together, or one that works alone.

`torchrun` starts them; PyTorch's DistributedDataParallel adds up what they
find. Each sees a part of each batch. The mean is over the whole batch, also
where the parts are unequal.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

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

    def align(self, model: nn.Module) -> None:
        """Give all processes the buffers of the first one.

        The statistics of batch normalisation are each process's own until
        the next forward pass; an evaluation in between would mix them.
        """
        for buffer in model.buffers() if self.size > 1 else ():
            distributed.broadcast(buffer, 0)

    def agree(self, value: str | None) -> str | None:
        """What the first process says, heard by all."""
        said = [value]
        if self.size > 1:
            distributed.broadcast_object_list(said, 0)
        return said[0]

    def joined(self, model: nn.Module) -> nn.Module:
        """The model, its gradients averaged over the processes."""
        if self.size == 1:
            return model
        return nn.parallel.DistributedDataParallel(model)


ALONE = Team()


@contextmanager
def gathered(kind: str = "cpu") -> Iterator[Team]:
    """The team that `torchrun` has started; without it, this process alone.

    Args:
        kind: "cpu", or "cuda" where each process has a GPU of its own; it
            should have called `torch.cuda.set_device` before.
    """
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        yield ALONE
        return
    cuda = ",cuda:nccl" if kind == "cuda" else ""
    distributed.init_process_group(f"cpu:gloo{cuda}")
    try:
        yield Team(distributed.get_rank(), size)
    finally:
        distributed.destroy_process_group()
# --8<-- [end:team]
