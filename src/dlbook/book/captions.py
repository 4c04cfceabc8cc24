"""Captions: what a reader should see in a figure, in one sentence or two, in each language.

They stand in `docs/captions/<folder>.yml`, by the name of the figure. So `docs/captions/lrn.yml` has those of `figures/lrn/…svg`,
on whichever page it stands:

    edge:
      en: Beside an edge the response falls, far from it nothing changes.
      zh: …

The alt text of a figure says what is drawn, for who does not see it; the caption says what that means, for all.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import yaml

from dlbook.book import phrases
from dlbook.book.layout import Book
from dlbook.book.markdown.pages import Element

FIGURE = re.compile(r"(?:\.\./)*figures/(?P<folder>[\w/-]+)/(?P<name>[\w.-]+)\.svg$")
Captions = dict[str, dict[str, str]]  # of each figure, "lrn/edge", its caption in each language


def name_of(source: str) -> str | None:
    """The name of a figure by its address: "lrn/edge" for "figures/lrn/edge.svg"; None for another picture."""
    figure = FIGURE.match(source)
    return figure and f"{figure['folder']}/{figure['name']}"


def file_of(book: Book, name: str) -> Path:
    """The file in which the caption of a figure stands."""
    return book.captions / f"{name.rpartition('/')[0]}.yml"


def captions(book: Book) -> Captions:
    """All captions of a book."""
    return {name: said for file in files(book) for name, said in captions_in(book, file).items()}


def files(book: Book) -> list[Path]:
    """The files that hold captions."""
    return sorted(book.captions.rglob("*.yml"))


def captions_in(book: Book, file: Path) -> Captions:
    """The captions of one file."""
    folder = file.relative_to(book.captions).with_suffix("").as_posix()
    return {f"{folder}/{name}": said for name, said in _read(file, file.stat().st_mtime_ns).items()}


@lru_cache(1000)
def _read(file: Path, changed: int) -> Captions:
    return yaml.safe_load(file.read_text("utf8")) or {}


def numbered(book: Book, elements: Iterable[Element]) -> Iterator[tuple[Element, int, dict[str, str]]]:
    """Each figure of a page that has a caption, with its number on the page and what is said in each language."""
    found = captions(book)
    shown = (image for image in elements if image.kind == "image" and name_of(image.key) in found)
    for number, image in enumerate(shown, 1):
        yield image, number, found[name_of(image.key) or ""]


def written(number: int, said: str, language: str) -> str:
    """A caption with its number, as a line of Markdown."""
    return phrases.of(language)["caption"].format(number=number, caption=said.strip())
