"""Fully connected networks: a unit reads all numbers of the layer before."""

from dlbook.fully_connected.layers import (
    MLP,
    Linear,
    count_parameters,
    draw,
    linear,
)

__all__ = ["MLP", "Linear", "count_parameters", "draw", "linear"]
