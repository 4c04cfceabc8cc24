"""What a check is, and the list of all of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dlbook.book.layout import Book


@dataclass(frozen=True)
class Problem:
    """A place that breaks a rule: `where` is "docs/en/lrn.md:12", as an editor can jump to."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


Check = Callable[[Book], Iterator[Problem]]
CHECKS: dict[str, Check] = {}


def check(function: Check) -> Check:
    """Register a check under its own name."""
    CHECKS[function.__name__] = function
    return function


def at(book: Book, path: Path, line: int, what: str) -> Problem:
    """A problem in a line of a file."""
    return Problem(f"{book.relative(path)}:{line}", what)


def problems(book: Book) -> list[Problem]:
    """What all checks find."""
    return [problem for each in CHECKS.values() for problem in each(book)]
