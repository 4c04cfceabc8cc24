"""Markdown extension: what the copy button of a block gives runs as it is; how long it ran, where that is worth a word.

A step of a listing is copied with the steps before it, a piece of the package's source with the imports that it needs. The
page says which (`data-goes-on`, `data-before`), so that no code stands in it twice; `book.js` puts them together.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.postprocessors import Postprocessor

from dlbook.book import phrases
from dlbook.book.layout import Book
from dlbook.book.listings.copies import copied, imports_of
from dlbook.book.listings.edited import is_edited
from dlbook.book.listings.includes import Include
from dlbook.book.listings.ledger import Ledger, steps_of
from dlbook.book.markdown import pages
from dlbook.book.markdown.book_extension import BookExtension
from dlbook.book.markdown.pages import Fence
from dlbook.book.markdown.rendered import written_page

BLOCK = re.compile(
    r'<div class="(?P<classes>[^"]*\blanguage-python\b[^"]*\bhighlight\b[^"]*)">(?P<inside>.*?</pre>)</div>', re.S
)


class BlocksError(ValueError):
    """The site shows other blocks than the page has fences: what is copied cannot be told."""


def copies(book: Book, path: Path) -> Iterator[tuple[Fence, str]]:
    """Each python fence of a page, with what is copied from it."""
    steps: list[Include] = []
    for fence in pages.fences(path):
        if fence.is_python and fence.include:
            steps = [*steps, fence.include] if "continuation" in fence.classes else [fence.include]
            yield fence, copied(book, steps)


class Copies(Postprocessor):
    """Adds to each block what is copied from it."""

    def __init__(self, md: Markdown, book: Book, language: str) -> None:
        super().__init__(md)
        self.book = book
        self.language = language

    def run(self, text: str) -> str:
        page = self._page()
        if page is None or not BLOCK.search(text):
            return text
        written = [fence for fence in pages.fences(page) if fence.is_python]
        runs = {fence.line: Ledger(self.book, steps) for fence, steps in steps_of(written)}
        stale = {fence.line for fence, steps in steps_of(written) if is_edited(self.book, steps)}
        shown = BLOCK.findall(text)
        if len(written) != len(shown):
            raise BlocksError(f"{self.book.relative(page)}: {len(written)} python fences, {len(shown)} blocks on the site")
        fences = iter(written)
        return BLOCK.sub(lambda block: self._marked(block, next(fences), page, runs, stale), text)

    def _marked(self, block: re.Match[str], fence: Fence, page: Path, runs: dict[int, Ledger], stale: set[int]) -> str:
        marks = ""
        if "continuation" in fence.classes:
            marks = " data-goes-on"
        elif fence.include and fence.include.is_source(self.book):
            marks = f' data-before="{escape(chr(10).join(imports_of(self.book, fence.include)))}"'
        if fence.line in stale:
            marks += f' data-stale="{escape(phrases.of(self.language)["stale"].format(page=page.stem))}"'
        card = run_card(runs[fence.line].entry, self.book.relative(page), self.language) if fence.line in runs else ""
        return f'<div class="{block["classes"]}"{marks}>{block["inside"]}{card}</div>'

    def _page(self) -> Path | None:
        """The source of the page; a docstring within a page has none."""
        name = written_page(self.md)
        return name and self.book.docs / self.language / name


def run_card(entry: dict[str, Any], page: str, language: str) -> str:
    """What is told of a run that took its time; nothing without a ledger."""
    if not entry:
        return ""
    ran = entry["machine"]
    packages = [f"{name} {ran[name].partition('+')[0]}" for name in ("python", "torch") if name in ran]
    device = ran["processor"] if entry["device"] == "cpu" else entry["device"]
    told = " · ".join([device, *packages, f"{entry['megabytes']} MB", entry["date"]])
    again = f"pytest {page} {'--long --no-listing-cache' if entry['long'] else '--no-listing-cache'}"
    ran_for = phrases.of(language)["ran_for"].format(seconds=f"{entry['seconds']:g}")
    return (
        f'<details class="run-card" data-search-exclude><summary>{ran_for}</summary>'
        f"<p>{escape(told)}<br><code>{escape(again)}</code></p></details>"
    )


class CopiesExtension(BookExtension):
    """Options as those of `BookExtension`."""

    def add(self, md: Markdown, book: Book, language: str) -> None:
        processor = Copies(md, book, language)
        # After the stashed HTML of the code blocks is back in place (30).
        md.postprocessors.register(processor, "book_copies", 4)


def makeExtension(**options: Any) -> CopiesExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return CopiesExtension(**options)
