"""What the site makes of a page, as the elements that `pages` reads: the two must agree, or one of them is wrong.

The page goes through the Markdown extensions of its MkDocs configuration, without the includes (what a listing holds
is not asked here) and without those of the book, which change how elements look and not which there are.
"""

import re
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import yaml
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from dlbook.book.layout import Book
from dlbook.book.markdown import pages
from dlbook.book.markdown.pages import Element

LEFT_OUT = ("pymdownx.snippets", "dlbook.book.")
VOID = {"img", "br", "hr", "input", "meta", "link", "source", "wbr"}
ADVICE = {
    "heading": "write ## Title { #id } at the start of a line",
    "fence": "write ``` above and below it, with an empty line before and after",
    "equation": "write $$ on the lines above and below it, with an empty line before and after",
    "image": "write ![words](figures/chapter/name.svg)",
    "box": 'write !!! kind "Title", with its content four spaces further in',
    "tab": 'write === "Title", with its content four spaces further in',
    "row": "write | at both ends of each row of a table, and an empty line above it",
}


@dataclass(frozen=True)
class Shown:
    """An element as the site shows it: `kind` and `key` as in `pages.Element`, where the key can be read off."""

    kind: str
    key: str


@dataclass(frozen=True)
class Outline:
    """A page as the site shows it.

    Attributes:
        shown: its elements, in order.
        inline: the formulas within lines, in order, each with the id of the section in which it stands.
    """

    shown: tuple[Shown, ...]
    inline: tuple[tuple[str, str], ...]


def outline(book: Book, path: Path) -> Outline:
    """What the site makes of a page."""
    return outline_of(pages.FRONT_MATTER.sub("", pages.text_of(path)), book.config(book.first))


def outline_of(text: str, config: Path) -> Outline:
    """What a site with this configuration makes of a text."""
    md = _markdown(config, config.stat().st_mtime_ns)
    md.reset()
    reader = _Reader()
    reader.feed(md.convert(text))
    reader.close()
    formulas = md.treeprocessors["book_inline"].found  # type: ignore[attr-defined]
    return Outline(tuple(reader.shown), tuple(formulas))


def disagreements(read: list[Element], made: Outline) -> list[tuple[int, str]]:
    """The first place where the two readers of a page differ: (line, what each has there); nothing if none does."""
    ours = [element for element in read if element.kind != "prose" and not _is_rule(element)]
    for element, shown in zip_longest(ours, made.shown):
        if element is None or shown is None or not _same(element, shown):
            line = element.line if element else max((e.last_line for e in read), default=1)
            here = f"{element.kind} {_short(element)}" if element else "nothing more"
            there = f"{shown.kind} {shown.key!r}" if shown else "nothing more"
            advice = ADVICE[(shown or element).kind]  # type: ignore[union-attr]
            return [(line, f"the site shows {there} where the checks read {here}: {advice}")]
    return []


def _is_rule(element: Element) -> bool:
    """The line below the head of a table, which is not shown."""
    return element.kind == "row" and not element.text.strip(" \t|:-")


def _same(element: Element, shown: Shown) -> bool:
    key = _key(element)
    without_id = element.kind == "heading" and key.endswith(" None")  # the site makes one up
    return element.kind == shown.kind and key == (f"{shown.key.split()[0]} None" if without_id else shown.key)


def _key(element: Element) -> str:
    """The part of a key that can be read off the site too."""
    if element.kind == "fence":
        return "python" if pages.fence(element).is_python else "other"
    if element.kind == "equation":
        return pages.label(element) or ""
    return element.key


def _short(element: Element) -> str:
    return repr(element.key if len(element.key) < 60 else element.key[:57] + "…")


class _Reader(HTMLParser):
    """Reads the elements off the HTML of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Shown] = []
        self.cells: int | None = None
        self.depth_of_code: int | None = None
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if self.depth_of_code is None:
            self._element(tag, given, classes)
        if self.depth_of_code is None and ("highlight" in classes or tag == "pre"):
            self.depth_of_code = len(self.open)
            self.shown.append(Shown("fence", "other"))
        if self.depth_of_code is not None and {f"language-{name}" for name in pages.PYTHON} & set(classes):
            self.shown[-1] = Shown("fence", "python")
        if tag not in VOID:
            self.open.append(tag)

    def _element(self, tag: str, given: dict[str, str], classes: list[str]) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self.shown.append(Shown("heading", f"{tag[1]} {given.get('id')}"))
        elif tag == "img":
            self.shown.append(Shown("image", re.sub(r"^(?:\.\./)*", "", given.get("src", ""))))
        elif tag == "details" or "admonition" in classes:
            self.shown.append(Shown("box", next((c for c in classes if c != "admonition"), "details")))
        elif "tabbed-set" in classes:
            self.shown += [Shown("tab", "===")] * int(given["data-tabs"].partition(":")[2])
        elif tag == "div" and "arithmatex" in classes:
            self.shown.append(Shown("equation", given.get("data-label", "")))
        elif tag == "tr":
            self.cells = 0
        elif tag in ("td", "th") and self.cells is not None:
            self.cells += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if self.depth_of_code is not None and len(self.open) <= self.depth_of_code:
            self.depth_of_code = None
        if tag == "tr" and self.cells is not None:
            self.shown.append(Shown("row", f"{self.cells} cells"))
            self.cells = None


class _Formulas(Treeprocessor):
    """Notes the formulas within lines, and writes the label of a displayed one where HTML can be asked for it."""

    def run(self, root: ElementTree.Element) -> None:
        self.found: list[tuple[str, str]] = []
        section = ""
        for element in root.iter():
            if re.fullmatch(r"h[1-6]", element.tag):
                section = element.get("id", "")
            if element.get("class") == "arithmatex":
                if element.tag == "div":
                    label = pages.LABEL.search(element.text or "")
                    element.set("data-label", label[1] if label else "")
                else:
                    self.found.append((section, pages.plain_formula((element.text or "").strip()[2:-2])))


@cache
def _markdown(config: Path, changed: int) -> Markdown:
    settings = read_config(config).get("markdown_extensions", {})
    given = settings if isinstance(settings, dict) else {name: {} for name in settings}
    options = {name: {**(values or {})} for name, values in given.items() if not name.startswith(LEFT_OUT)}
    if "pymdownx.superfences" in options:
        options["pymdownx.highlight"] = {"use_pygments": False}  # the words are not looked at, so none is coloured
    md = Markdown(extensions=list(options), extension_configs=options)
    # after the inline patterns (20) and the ids of the headings (5)
    md.treeprocessors.register(_Formulas(md), "book_inline", 1)
    return md


def read_config(config: Path) -> dict[str, Any]:
    """A MkDocs configuration as plain values; what its tags stand for is not looked up."""

    class Loader(yaml.SafeLoader):
        """Reads the tags of MkDocs as nothing."""

    Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
    return yaml.load(config.read_text("utf8"), Loader) or {}
