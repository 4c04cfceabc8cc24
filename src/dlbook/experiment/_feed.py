"""What each network sees: its batches, and the examples that choose."""

from collections.abc import Callable, Sequence

import torch
from jaxtyping import Int
from torch import Tensor

from dlbook.experiment.parts import Data, Part
from dlbook.experiment.streams import batches, stream

Augment = Callable[[Tensor, torch.Generator], Tensor]


# --8<-- [start:feed]
class Feed:
    """Batches for a stack of networks: all seeds, and that `times`.

    Args:
        data: of each seed.
        seeds: each decides the order of its examples.
        batch: how many examples a network sees in one step.
        times: how many networks of each seed there are.
        augment: changes the examples of a seed before they are seen.
    """

    def __init__(
        self, data: Sequence[Data], seeds: Sequence[int], batch: int,
        times: int, augment: Augment | None = None,
    ) -> None:
        parts = [each.train for each in data]
        self.shared = all(part is parts[0] for part in parts)
        kept = parts[:1] if self.shared else parts
        columns = zip(*kept, strict=True)
        self.x, self.y = (torch.cat(column) for column in columns)
        examples = len(parts[0].x)
        firsts = torch.arange(len(parts))[:, None] * examples
        self.firsts = firsts * (not self.shared)
        self.order = batches(seeds, examples, min(batch, examples))
        self.times, self.augment = times, augment
        self.generators = [stream(seed, "augment") for seed in seeds]

    def __iter__(self) -> "Feed":
        return self

    def __next__(self) -> Part:
        """The examples of the next step, for each network."""
        places = next(self.order) + self.firsts
        if self.augment is None:
            places = places.repeat(self.times, 1)
        x, y = (self._at(column, places) for column in (self.x, self.y))
        if self.augment is None:
            return Part(x, y)
        pairs = zip(x, self.generators, strict=True)
        changed = torch.stack([self._augmented(*pair) for pair in pairs])
        return Part(*(torch.cat([t] * self.times) for t in (changed, y)))
# --8<-- [end:feed]

    def _augmented(self, x, generator) -> Tensor:
        """The examples of one seed, changed."""
        changed = self.augment(x, generator) if self.augment else x
        if not torch.is_tensor(changed) or len(changed) != len(x):
            met = tuple(getattr(changed, "shape", [])) or repr(changed)
            raise ValueError(
                f"augment must give a tensor of {len(x)} examples, got {met}"
            )
        return changed

    def _at(self, column: Tensor, places: Int[Tensor, "k b"]) -> Tensor:
        found = column.index_select(0, places.flatten().to(column.device))
        return found.unflatten(0, places.shape)


def side_by_side(parts: Sequence[Part]) -> Part:
    """The parts of all seeds; one that they share is not copied."""
    if all(part is parts[0] for part in parts):
        return Part(*(t.expand(len(parts), *t.shape) for t in parts[0]))
    columns = zip(*parts, strict=True)
    return Part(*(torch.stack(column) for column in columns))
