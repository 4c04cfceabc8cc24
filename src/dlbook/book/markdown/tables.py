"""Markdown extension: on some pages a row of a table becomes a card on a phone, and a list of terms gets a strip of letters.

A card says the name of a column where the column was: each cell carries it. The tables stay tables to whom they are read aloud.
The strip leads to the first term of each letter; in Chinese the terms are put into the order of their pinyin.
"""

import re
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from dlbook.book import phrases
from dlbook.book.markdown.initials import initial, order
from dlbook.book.markdown.rendered import address_of

ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader", "td": "cell"}


class Tables(Treeprocessor):
    """Marks the tables of the pages that are named, and writes the strip above the first of them."""

    def __init__(self, md: Markdown, options: dict[str, Any]) -> None:
        super().__init__(md)
        self.options = options

    def run(self, root: Element) -> None:
        page = address_of(self.md)
        tables = list(root.iter("table")) if page in self.options["cards"] else []
        for table in tables:
            _as_cards(table)
        if tables and page in self.options["letters"]:
            tables[0].set("data-cards", "terms")
            strip = _strip(tables[0], self.options["column"], phrases.of(self.options["language"])["letters"])
            parent = next(one for one in root.iter() if tables[0] in list(one))
            parent.insert(list(parent).index(tables[0]), strip)


def _as_cards(table: Element) -> None:
    """Let each cell carry the name of its column, and each part say what it is, however it is laid out."""
    names = [_words(cell) for cell in table.iter("th")]
    for part in table.iter():
        if part.tag in ROLES:
            part.set("role", ROLES[part.tag])
    for row in table.iterfind("tbody/tr"):
        for name, cell in zip(names, row, strict=True):
            cell.set("data-column", name)
    table.set("data-cards", "")  # no class: the theme knows its own tables by their having none


def _strip(table: Element, column: int, name: str) -> Element:
    """The strip of letters; gives the terms their ids, from the first column, and puts the other one first, in its order."""
    body = table.find("tbody")
    assert body is not None
    for row in body:
        row.set("id", f"term-{_slug(_words(row[0]))}")
        if _words(row[0]) == _words(row[1]):
            row[1].set("data-same", "")
    for row in table.iter("tr"):
        row[:] = [row[column], *row[:column], *row[column + 1 :]]
    body[:] = sorted(body, key=lambda row: order(_words(row[0])))
    strip = Element("nav", {"class": "book-letters", "id": "letters", "aria-label": name})
    for letter, terms in groupby(body, key=lambda row: initial(_words(row[0]))):
        SubElement(strip, "a", {"href": f"#{next(terms).get('id')}"}).text = letter
    return strip


def _words(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _slug(term: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", term.lower()).strip("-")


class TablesExtension(Extension):
    """Options: the pages with `cards` and with `letters`; the `column` of the terms that are sorted; the `language`."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "cards": [[], "the pages whose tables become cards on a phone"],
            "letters": [[], "those whose first table lists terms"],
            "column": [0, "where the terms stand that are sorted"],
            "language": ["en", "the language of the pages"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Markdown's)
        # After inline Markdown (20), before what is rendered is unescaped.
        md.treeprocessors.register(Tables(md, self.getConfigs()), "dlbook_tables", 5)


def makeExtension(**options: Any) -> TablesExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return TablesExtension(**options)
