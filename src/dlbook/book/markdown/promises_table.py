"""Markdown extension: the line `[[promises]]` becomes a table of what keeps each promise, of how much, and when it ran last."""

from collections.abc import Iterator
from typing import Any

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from dlbook.book import phrases
from dlbook.book.layout import Book
from dlbook.book.markdown import pages
from dlbook.book.markdown.book_extension import BookExtension
from dlbook.book.markdown.prose import NONE
from dlbook.book.promises import ON_A_GPU, Promise, last_change, last_long_run, promises

ALL = "[[promises]]"


class Promises(Preprocessor):
    """Writes the table where it is asked for."""

    def __init__(self, md: Markdown, book: Book, language: str) -> None:
        super().__init__(md)
        self.book = book
        self.language = language

    def run(self, lines: list[str]) -> list[str]:
        return [new for line in lines for new in (self._table(lines) if line.strip() == ALL else [line])]

    def _table(self, lines: list[str]) -> Iterator[str]:
        words, titles = phrases.of(self.language), dict(_titles(lines))
        yield from (words["promises"], "| --- | --- | --- | --- |")
        for promise in promises(self.book):
            counts = words["comma"].join(_count(words, what, many) for what, many in promise.counts.items())
            yield f"| [{titles.get(promise.id, promise.id)}](#{promise.id}) | `{promise.test}` | {counts} | {self._last(promise)} |"
        yield from ("", words["last_runs"].format(day=last_long_run(self.book) or NONE), "")

    def _last(self, promise: Promise) -> str:
        words = phrases.of(self.language)
        return words[ON_A_GPU] if promise.runs == ON_A_GPU else last_change(self.book) or words[promise.runs]


def _count(words: dict[str, str], what: str, many: int) -> str:
    return words[f"count_{what}"].format(many=f"{many:,}")


def _titles(lines: list[str]) -> Iterator[tuple[str, str]]:
    """The ids of the page's headings, and their words."""
    for line in lines:
        heading = pages.HEADING.match(line)
        found = pages.ID.search(heading["attributes"] or "") if heading else None
        if heading and found:
            yield found[1], heading["title"]


class PromisesExtension(BookExtension):
    """Options as those of `BookExtension`."""

    def add(self, md: Markdown, book: Book, language: str) -> None:
        md.preprocessors.register(Promises(md, book, language), "dlbook_promises", 41)


def makeExtension(**options: Any) -> PromisesExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return PromisesExtension(**options)
