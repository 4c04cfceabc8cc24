"""Normalisation layers: they differ in which numbers share one mean."""

from dlbook.normalization.chain import chain
from dlbook.normalization.functions import normalized, normalized_gradient
from dlbook.normalization.inference import folded, freeze
from dlbook.normalization.layers import (
    BatchNorm,
    GroupNorm,
    InstanceNorm,
    LayerNorm,
    RMSNorm,
)

__all__ = [
    "BatchNorm",
    "GroupNorm",
    "InstanceNorm",
    "LayerNorm",
    "RMSNorm",
    "chain",
    "folded",
    "freeze",
    "normalized",
    "normalized_gradient",
]
