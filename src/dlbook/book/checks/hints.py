"""Exercises: who is stuck is shown where to look before the answer."""

import re
from collections.abc import Iterator
from pathlib import Path

from dlbook.book import phrases
from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.layout import Book
from dlbook.book.markdown import pages
from dlbook.book.markdown.pages import Element

SOLUTION, HINT = "solution", "hint"  # kinds of boxes
EXERCISE = re.compile(r"\d+[.)] ")


@check
def every_solution_has_a_hint_before_it(book: Book) -> Iterator[Problem]:
    """Between an exercise and its solution there is a hint: a box, or a line that begins with the word and a colon."""
    for language in book.languages:
        word = phrases.of(language)["hint"]
        for path in (book.docs / language / page for page in book.pages(language)):
            for line in without_hint(path, word):
                yield at(book, path, line, f"a solution without a hint before it: write {word!r} and a colon, or a box {HINT!r}")


def without_hint(path: Path, word: str) -> Iterator[int]:
    """The lines at which solutions begin whose exercise gives no hint before them."""
    hinted = False
    for element in pages.read(path):
        if element.kind == "heading" or EXERCISE.match(element.text):
            hinted = False
        if element.kind == "box" and element.key == SOLUTION and not hinted:
            yield element.line
        hinted = hinted or is_hint(element, word)


def is_hint(element: Element, word: str) -> bool:
    """Whether a piece of a page is a hint, or holds one."""
    if element.kind == "box":
        return element.key == HINT or f'"{word}"' in element.text
    return element.kind == "prose" and bool(re.search(rf"(?<![A-Za-z]){word}[:：]", pages.masked(element.text)))
