"""Approximation: what networks can draw, and with how many units."""

from dlbook.approximation.counting import bends
from dlbook.approximation.curves import bumps, pieces
from dlbook.approximation.folds import folded

__all__ = ["bends", "bumps", "folded", "pieces"]
