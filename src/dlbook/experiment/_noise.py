"""The noise that dropout draws, alike whether networks are stacked or not.

Each network draws from the stream of its seed, in the order in which its
layers ask. So a stack sets the same units to 0 as the networks one by one.
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from dlbook.experiment.streams import stream


class Asked(NamedTuple):
    """What a dropout layer asks for: the shape for one network, and how."""

    shape: tuple[int, ...]
    p: float
    dtype: torch.dtype


# --8<-- [start:noise]
class Noise:
    """Draws for a stack: all seeds one after the other, and that `times`.

    Args:
        asked: what each dropout layer asks for in a step.
        seeds: of the networks.
        times: how many networks of each seed there are.
        device: where the noise is needed.
    """

    def __init__(
        self, asked: Sequence[Asked], seeds: Sequence[int], times: int,
        device: torch.device,
    ) -> None:
        self.asked, self.times, self.device = asked, times, device
        self.seeds = seeds
        self.restart()

    def restart(self) -> None:
        """Begin each stream again."""
        self.generators = [stream(seed, "noise") for seed in self.seeds]

    def draw(self) -> list[Tensor]:
        """For one step, what each dropout layer multiplies with."""
        return [self._draw(asked).to(self.device) for asked in self.asked]

    def _draw(self, asked: Asked) -> Tensor:
        """For each network 0 with probability p, else 1 / (1 - p)."""
        masks = []
        for generator in self.generators:
            mask = torch.empty(asked.shape, dtype=asked.dtype)
            mask.bernoulli_(1 - asked.p, generator=generator)
            masks.append(mask.div_(1 - asked.p))
        return torch.stack(masks * self.times)
# --8<-- [end:noise]
