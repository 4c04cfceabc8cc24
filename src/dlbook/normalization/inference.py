"""Batch norm once its averages stand still: frozen, or gone.

In testing batch norm multiplies each channel by a constant and adds one
(Ioffe and Szegedy 2015, section 3.1). A layer of weights before it can do both
itself.
"""

from copy import deepcopy
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

from dlbook._checking import widened
from dlbook.convolution import Conv2d
from dlbook.fully_connected import Linear
from dlbook.normalization.layers import BatchNorm

NORMS = BatchNorm, _BatchNorm
LAYERS = Linear, Conv2d, nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d


# --8<-- [start:folded]
@torch.no_grad()
def folded(layer: nn.Module, norm: nn.Module) -> nn.Module:
    """A copy of the layer that does what both do in testing.

    Args:
        layer: linear or a convolution, ours or torch's, with a bias or not.
        norm: batch norm right behind it, ours or torch's; not changed.

    Raises:
        ValueError: for other layers, a norm that keeps no averages, and
            numbers of channels that differ.
    """
    alone = deepcopy(_checked(layer, norm))
    scale, shift = _line(norm)
    weight = widened(alone.weight)
    if alone.bias is not None:
        shift = shift + alone.bias * scale
    weight = weight * scale.reshape(-1, *[1] * (weight.ndim - 1))
    kind = alone.weight.dtype
    alone.weight = nn.Parameter(weight.to(kind))
    alone.bias = nn.Parameter(shift.to(kind))
    return alone


def _line(norm: Any) -> tuple[Tensor, Tensor]:
    """In testing batch norm is scale * x + shift, for each channel."""
    scale = 1 / (widened(norm.running_var) + norm.eps).sqrt()
    if norm.weight is not None:
        scale = scale * norm.weight
    shift = -norm.running_mean * scale
    return scale, shift if norm.bias is None else shift + norm.bias
# --8<-- [end:folded]


# --8<-- [start:freeze]
def freeze(net: nn.Module) -> int:
    """Have all batch norms of a network use their averages, and keep them.

    `net.train()` undoes it: call it behind that, each time.

    Args:
        net: with batch norms of ours or of torch, at any depth.

    Returns:
        How many there are.
    """
    norms = [part for part in net.modules() if isinstance(part, NORMS)]
    for norm in norms:
        norm.eval()
    return len(norms)
# --8<-- [end:freeze]


def _checked(layer: Any, norm: Any) -> Any:
    """The layer, if the norm can go into it."""
    if not isinstance(layer, LAYERS):
        raise ValueError(
            "layer must be linear or a convolution,"
            f" got {type(layer).__name__}"
        )
    if not isinstance(norm, NORMS):
        raise ValueError(f"norm must be batch norm, got {type(norm).__name__}")
    if norm.running_mean is None:
        raise ValueError("norm must keep averages, got running_mean=None")
    met, expected = len(norm.running_mean), len(layer.weight)
    if met != expected:
        raise ValueError(
            f"norm must have the layer's {expected} channels, got {met}"
        )
    return layer
