"""A deep plain network, to see what a normalisation does to it."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import torch
from torch import nn

from dlbook._checking import checked_sizes
from dlbook.fully_connected import Linear


# --8<-- [start:chain]
def chain(
    sizes: Iterable[int], norm: Callable[[int], nn.Module] | None = None,
    *, he: bool = False, generator: torch.Generator | None = None,
) -> nn.Sequential:
    """Linear, norm, ReLU, as often as there are hidden sizes, then linear.

    Args:
        sizes: of the inputs and of each layer.
        norm: makes a norm from the size of a layer; None for none.
        he: whether hidden layers start with a variance of 2/d_in (He et al.
            2015) and no bias, and not with torch's 1/(3 d_in).
        generator: of the CPU; draws the starting weights.

    Raises:
        ValueError: for fewer than two sizes, or one that is no size.
    """
    *hidden, last = pairwise(checked_sizes("sizes", sizes, inputs=True))
    layers: list[nn.Module] = []
    for pair in hidden:
        layers.append(_linear(pair, he, generator))
        if norm is not None:
            layers.append(norm(pair[1]))
        layers.append(nn.ReLU())
    return nn.Sequential(*layers, _linear(last, False, generator))
# --8<-- [end:chain]


@torch.no_grad()
def _linear(pair, he, generator) -> Linear:
    layer: Any = Linear(*pair, generator=generator)
    if he:
        layer.weight *= 6**0.5  # the variance was 1/(3 d_in)
        layer.bias.zero_()
    return layer
