"""Convolution: one small set of weights, laid over every place of an image."""

from dlbook.convolution.forward import (
    Conv2d,
    conv2d,
    conv2d_fast,
    conv2d_unfold,
    windows,
)
from dlbook.convolution.sizes import (
    cost,
    output_size,
    receptive_field,
    transposed_size,
)

__all__ = [
    "Conv2d",
    "conv2d",
    "conv2d_fast",
    "conv2d_unfold",
    "cost",
    "output_size",
    "receptive_field",
    "transposed_size",
    "windows",
]
