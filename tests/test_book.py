"""The book as a whole keeps its promises: one test per check of `dlbook.book.checks`."""

from pathlib import Path

import pytest

from dlbook.book.checks import CHECKS
from dlbook.book.layout import Book

BOOK = Book(Path(__file__).parents[1])


@pytest.mark.parametrize("name", CHECKS)
def test_the_book(name):
    problems = [str(problem) for problem in CHECKS[name](BOOK)]
    assert not problems, f"{CHECKS[name].__doc__}\n" + "\n".join(problems)
