"""Stacks beside each other, each small enough for the caches of a CPU."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import torch
from jaxtyping import Float, Shaped
from torch import Tensor

from dlbook.experiment._stack import Stack


# --8<-- [start:groups]
class Groups:
    """Several stacks as one.

    Args:
        stacks: their networks, one stack behind the other, are all of them.
        places: for each stack, which of the seeds are its.
    """

    def __init__(
        self, stacks: Sequence[Stack], places: Sequence[slice]
    ) -> None:
        self.stacks, self.places = stacks, places
        self.sizes = [len(stack.weights) for stack in stacks]

    def step(
        self, x: Shaped[Tensor, "k b *d"], y: Shaped[Tensor, "k b *e"],
        factor: float,
    ) -> Float[Tensor, " k"]:
        """Change all weights once. Returns the losses before."""
        parts = zip(
            self.stacks, x.split(self.sizes), y.split(self.sizes), strict=True
        )
        losses = [stack.step(x, y, factor) for stack, x, y in parts]
        return torch.cat(losses)

    def record(
        self, x: Shaped[Tensor, "seeds b *d"], y: Shaped[Tensor, "seeds b *e"]
    ) -> None:
        """Record a step; stacks of one size share the recording."""
        recorded: dict[int, Callable] = {}
        pairs = zip(self.stacks, self.places, strict=True)
        for stack, place in pairs:
            size = len(stack.weights)
            if size not in recorded:
                recorded[size] = stack.recorded(x[place], y[place])
            stack.gradients = recorded[size]

    def outputs(
        self, x: Shaped[Tensor, "seeds n *d"]
    ) -> Float[Tensor, "k n *e"]:
        """What each network makes of the examples of its seed."""
        pairs = zip(self.stacks, self.places, strict=True)
        return torch.cat([stack.outputs(x[place]) for stack, place in pairs])

    def saved(self) -> dict[str, Shaped[Tensor, "k *shape"]]:
        """All tensors of the networks, each name with those of all."""
        each = [stack.saved() for stack in self.stacks]
        return {name: torch.cat([s[name] for s in each]) for name in each[0]}
# --8<-- [end:groups]


def divided(
    seeds: int, rates: int, most: int
) -> Iterator[tuple[slice, slice]]:
    """Which seeds and which rates make a group of at most so many networks.

    >>> [(some.stop, rates.stop) for some, rates in divided(5, 3, 10)]
    [(5, 1), (5, 3)]
    >>> [(some.stop, rates.stop) for some, rates in divided(5, 2, 4)]
    [(2, 1), (5, 1), (2, 2), (5, 2)]
    """
    if most >= seeds:
        for some in _pieces(rates, most // seeds):
            yield slice(0, seeds), some
        return
    for rate in range(rates):
        for some in _pieces(seeds, most):
            yield some, slice(rate, rate + 1)


def _pieces(number: int, most: int) -> Iterator[slice]:
    """Slices of nearly equal length, each of at most so many."""
    pieces = -(-number // most)
    cuts = [number * piece // pieces for piece in range(pieces + 1)]
    return (slice(*ends) for ends in pairwise(cuts))
