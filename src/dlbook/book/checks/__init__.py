"""What must hold for the book as a whole. Each check returns the places where it does not."""

from dlbook.book.checks import (
    addresses,
    captions,
    chapters,
    comparisons,
    exercises,
    formulas,
    hints,
    labels,
    languages,
    listings,
    markup,
    style,
    symbols,
    words,
    works,
)
from dlbook.book.checks.registry import CHECKS, Problem, problems

__all__ = ["CHECKS", "Problem", "addresses", "captions", "chapters", "comparisons", "exercises", "formulas", "hints", "labels", "languages", "listings", "markup", "problems", "style", "symbols", "words", "works"]
