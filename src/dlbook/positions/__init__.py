"""Positions in attention: five ways to tell a model where words stand."""

from dlbook.positions.conventions import halves_order, rope_halves, to_halves
from dlbook.positions.measured import (
    characters,
    goes_on,
    perplexities,
    some_windows,
)
from dlbook.positions.model import WAYS, PlacedAttention, PlacedModel, makers
from dlbook.positions.slopes import released_slopes
from dlbook.positions.stretched import stretched_places, table_rows

__all__ = [
    "WAYS",
    "PlacedAttention",
    "PlacedModel",
    "characters",
    "goes_on",
    "halves_order",
    "makers",
    "perplexities",
    "released_slopes",
    "rope_halves",
    "some_windows",
    "stretched_places",
    "table_rows",
    "to_halves",
]
