"""Listings that were edited while the book is served: what stands below them is not theirs any more.

Nothing runs while the book is served, so an edited listing stands above its old output until it is recorded. A listing
counts as edited if it is not what it was when serving began, and no kept result says what it gives now.
"""

from collections.abc import Sequence
from pathlib import Path

from dlbook.book.kept import content_hash
from dlbook.book.layout import Book
from dlbook.book.listings.cache import Cache
from dlbook.book.listings.includes import Include

BEGAN: dict[Path, dict[Path, str]] = {}  # of each book that is served, what its listings were


def begin(book: Book) -> None:
    """Remember what the listings are now."""
    BEGAN[book.root.resolve()] = {file: content_hash(file) for file in book.snippets.rglob("*.py")}


def is_edited(book: Book, steps: Sequence[Include], device: str = "cpu") -> bool:
    """Whether the output below the last of these steps is that of other code."""
    began = BEGAN.get(book.root.resolve())
    files = {step.file(book) for step in steps if not step.is_source(book)}
    if began is None or all(began.get(file) == content_hash(file) for file in files):
        return False
    return Cache(book, device).get(steps) is None
