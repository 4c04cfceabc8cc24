"""What must hold for the book as a whole. Each check returns the places where it does not."""

from dlbook.book.checks import (
    addresses,
    captions,
    chapters,
    comparisons,
    formulas,
    languages,
    listings,
    markup,
    style,
    words,
    works,
)
from dlbook.book.checks.registry import CHECKS, Problem, problems

__all__ = ["CHECKS", "Problem", "addresses", "captions", "chapters", "comparisons", "formulas", "languages", "listings", "markup", "problems", "style", "words", "works"]
