"""Data sets that a classifier is trained on, by name."""

from dlbook.datasets.images import (
    DataError,
    DataSet,
    Images,
    hold_out,
    pixels,
)
from dlbook.datasets.named import load, names

__all__ = [
    "DataError",
    "DataSet",
    "Images",
    "hold_out",
    "load",
    "names",
    "pixels",
]
