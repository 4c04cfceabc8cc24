"""How long a page takes to read, counted: 200 words and 15 lines of code a minute, and Chinese at the same pace.

Texts that say the same in several languages give the pace of Chinese: read aloud, 228 words a minute in English and 255
characters a minute in Chinese (Trauzettel-Klosinski and Dietz 2012, "Standardized assessment of reading performance: the new
International Reading Speed Texts IReST", doi 10.1167/iovs.11-8284, table of reading speeds). So 225 characters go with 200 words.

What stands in a fold that draws a figure is not counted: the figure is. Nor are the names of folds that hold code. A formula,
however long, counts as a word.
"""

import re
from collections.abc import Iterable, Iterator

from dlbook.book.layout import Book
from dlbook.book.markdown import pages
from dlbook.book.markdown.pages import Element

WORDS, CHARACTERS, LINES = 200, 225, 15  # a minute
STEP = 5  # minutes, to which all is rounded
HAN = re.compile(r"[\u4e00-\u9fff]")
SIGNS = re.compile(r"[#*`|\[\]_>!?=-]+")
LEFT_OUT = re.compile(r"!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?|(?<=\])\([^)]*\)|\{[ :#.][^}]*\}|<[^>]*>")
DRAWS = re.compile(r"^(?P<indent>\s*)\?\?\?\+?\s+code\b")
HOLD_CODE = ("code", "source", "check")  # kinds of folds


def words(book: Book, name: str, language: str) -> int:
    """The words of a chapter's page that are read; Chinese counts as many as an English reader reads meanwhile."""
    text = "\n".join(_said(_elements(book, name, language)))
    latin = sum(bool(re.search(r"\w", word)) for word in HAN.sub(" ", text).split())
    return latin + round(len(HAN.findall(text)) * WORDS / CHARACTERS)


def lines(book: Book, name: str, language: str) -> int:
    """The lines of Python that a chapter's page shows, without blank ones and without those that only draw."""
    code = (include.text(book) for include in _shown(_elements(book, name, language)) if include.file(book).exists())
    return sum(bool(line.strip()) for text in code for line in text.split("\n"))


def minutes(book: Book, name: str, language: str) -> int:
    """How long a chapter takes to read, to five minutes."""
    exact = words(book, name, language) / WORDS + lines(book, name, language) / LINES
    return max(STEP, STEP * round(exact / STEP))


def duration(minutes: int, phrases: dict[str, str]) -> str:
    """Minutes as people say them: 45 min, 1 h, 1 h 25 min."""
    hours, rest = divmod(minutes, 60)
    parts = ((hours, phrases["hours"]), (rest, phrases["minutes"]))
    return " ".join(text.format(n=n) for n, text in parts if n) or phrases["minutes"].format(n=0)


def _elements(book: Book, name: str, language: str) -> list[Element]:
    page = book.docs / language / f"{name}.md"
    return pages.read(page) if page.exists() else []


def _said(elements: Iterable[Element]) -> Iterator[str]:
    for element in elements:
        if element.kind == "equation":
            yield " F "
        elif element.kind not in ("fence", "image") and element.key not in HOLD_CODE:  # an image's words are its alt text
            bare = pages.INLINE.sub("F", element.text)
            yield SIGNS.sub(" ", LEFT_OUT.sub("", bare))


def _shown(elements: Iterable[Element]) -> Iterator:
    """What the Python fences include, but for those within a fold that draws."""
    fold: int | None = None
    for element in elements:
        depth = len(element.text) - len(element.text.lstrip())
        fold = fold if fold is not None and depth > fold else None
        if element.kind == "box" and (drawing := DRAWS.match(element.text)):
            fold = len(drawing["indent"])
        elif element.kind == "fence" and fold is None and (fence := pages.fence(element)).is_python:
            yield from filter(None, fence.includes)
