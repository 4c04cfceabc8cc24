"""How much memory a computation holds at most, counted, not timed.

Each tensor that an operation returns is counted until nothing refers to it
any more. What an operation uses only within itself is not seen;
`benchmarks/transformer.py` asks the operating system.
"""

from collections.abc import Callable

from torch import Tensor
from torch.multiprocessing.reductions import StorageWeakRef
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves


# --8<-- [start:peak]
def peak_bytes(run: Callable[..., object], *args: object) -> int:
    """The most bytes in tensors at once, of those that `run(*args)` makes.

    >>> import torch
    >>> peak_bytes(lambda: torch.zeros(1000) + 1)
    8000
    """
    with _Watch() as watch:
        run(*args)
    return watch.most


class _Watch(TorchDispatchMode):
    """Sees every operation, those of the way back too."""

    def __init__(self):
        super().__init__()
        self.alive, self.most = {}, 0

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        made = operation(*args, **(kwargs or {}))
        inputs = {_memory(x) for x in tree_leaves((args, kwargs)) if _is(x)}
        for x in tree_leaves(made):
            if _is(x) and _memory(x) not in inputs:
                store = x.untyped_storage()
                self.alive[_memory(x)] = StorageWeakRef(store), store.nbytes()
        self.alive = {
            place: (store, size)
            for place, (store, size) in self.alive.items()
            if not store.expired()
        }
        now = sum(size for _, size in self.alive.values())
        self.most = max(self.most, now)
        return made


def _is(x) -> bool:
    return isinstance(x, Tensor)


def _memory(x) -> int:
    return x.untyped_storage()._cdata
# --8<-- [end:peak]
