"""Markdown extension: each page names, at its end, the works of others that its listings load; `[[works]]` lists them all.

What they are stands in `docs/works.yml`: see `dlbook.book.works`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from dlbook.book import phrases
from dlbook.book.layout import Book
from dlbook.book.markdown.book_extension import BookExtension
from dlbook.book.markdown.rendered import written_page
from dlbook.book.works import Work, shown_on, works

ALL = "[[works]]"
REUSE = "reuse.md"  # the page that lists them all


def credit(found: list[Work], language: str, page: str) -> str:
    """The works of others on a page, in one paragraph of Markdown; nothing if there are none."""
    space = "" if language == "zh" else " "
    told = space.join(work.beside(language) for work in found)
    return phrases.of(language)["works_here"].format(works=told, page=page) if found else ""


class Credits(Preprocessor):
    """Adds the paragraph to a page, and writes the list where it is asked for."""

    def __init__(self, md: Markdown, book: Book, language: str) -> None:
        super().__init__(md)
        self.book = book
        self.language = language

    def run(self, lines: list[str]) -> list[str]:
        lines = [new for line in lines for new in (self._list() if line.strip() == ALL else [line])]
        page = self._page()
        found = shown_on(self.book, self._source(page)) if page else []
        if page is None or not found:
            return lines
        reuse = Path(os.path.relpath(REUSE, page.parent)).as_posix()
        return [*lines, "", credit(found, self.language, reuse), '{ .book-credits data-search-exclude="yes" }', ""]

    def _list(self) -> Iterator[str]:
        for work in works(self.book).values():
            yield f"- {work.line(self.language, mark=f'{{ #work-{work.name} }}')}"

    def _source(self, page: Path) -> Path:
        """The file of a page; a lab is rendered from another one, and Zensical tells of none."""
        processors = self.md.treeprocessors
        file = Path(processors["relpath"].file.abs_src_path) if "relpath" in processors else page  # type: ignore[attr-defined]
        return file if file.suffix == ".md" and file.is_absolute() else self.book.docs / self.language / page

    def _page(self) -> Path | None:
        """The page; a docstring within a page is none."""
        name = written_page(self.md)
        return name and name.with_suffix(".md")


class CreditsExtension(BookExtension):
    """Options as those of `BookExtension`."""

    def add(self, md: Markdown, book: Book, language: str) -> None:
        # Before the fences are read (25), as what is included.
        md.preprocessors.register(Credits(md, book, language), "dlbook_credits", 39)


def makeExtension(**options: Any) -> CreditsExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return CreditsExtension(**options)
