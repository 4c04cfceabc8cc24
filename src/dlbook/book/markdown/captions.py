"""Markdown extension: below each figure stands its number on the page and its caption.

A page says `![alt](figures/lrn/edge.svg)`, alone on its line; what the caption says stands in `docs/captions`: see
`dlbook.book.captions`. This makes a `<figure>` of it, with picture and `<figcaption>`. An interactive figure, which is a `<figure>`
itself, stands in that as it is.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from dlbook.book.captions import captions, name_of, written
from dlbook.book.layout import Book
from dlbook.book.markdown.book_extension import BookExtension
from dlbook.book.markdown.rendered import written_page

ALONE = re.compile(r"^(?P<indent>[ \t>]*)!\[[^\]]*\]\((?P<source>[^)\s]+)\)(?:\{[^{}]*\})?[ \t]*$")
CAPTION = "book-caption"


class CaptionLines(Preprocessor):
    """Writes below each figure a paragraph with its caption, which is Markdown as all else is."""

    def __init__(self, md: Markdown, book: Book, language: str) -> None:
        super().__init__(md)
        self.book = book
        self.language = language

    def run(self, lines: list[str]) -> list[str]:
        return list(self._with_captions(lines)) if written_page(self.md) else lines

    def _with_captions(self, lines: list[str]) -> Iterator[str]:
        found, number = captions(self.book), 0
        for line in lines:
            yield line
            image = ALONE.match(line)
            said = found.get(name_of(image["source"]) or "", {}) if image else {}
            if image and self.language in said:
                number += 1
                below = ["", written(number, said[self.language], self.language), f"{{ .{CAPTION} }}", ""]
                yield from (f"{image['indent']}{part}".rstrip() for part in below)


class Figures(Treeprocessor):
    """Makes one figure of a picture and the caption below it."""

    def run(self, root: ElementTree.Element) -> None:
        for parent in list(root.iter()):
            for picture, caption in pairwise(list(parent)):
                if caption.get("class") == CAPTION:
                    _join(parent, picture, caption)


def _join(parent: ElementTree.Element, picture: ElementTree.Element, caption: ElementTree.Element) -> None:
    figure = ElementTree.Element("figure", {"class": "book-figure"})
    figure.extend([picture] if picture.tag == "figure" else list(picture))
    caption.tag = "figcaption"
    del caption.attrib["class"]
    figure.append(caption)
    parent.remove(caption)
    parent[list(parent).index(picture)] = figure


class CaptionsExtension(BookExtension):
    """Options as those of `BookExtension`."""

    def add(self, md: Markdown, book: Book, language: str) -> None:
        # After the fences are put away (25): a picture in one is code.
        md.preprocessors.register(CaptionLines(md, book, language), "dlbook_captions", 24)
        # After figures have become interactive ones (7).
        md.treeprocessors.register(Figures(md), "dlbook_figures", 6)


def makeExtension(**options: Any) -> CaptionsExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return CaptionsExtension(**options)
