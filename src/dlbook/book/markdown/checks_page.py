"""Markdown extension: the line `[[equation-tests lrn]]` becomes the tests of that page's formulas, code and all.

The line stands on a page of its own, `checks/lrn.md`, to which the formulas of `lrn.md` link.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from dlbook.book.layout import Book
from dlbook.book.markdown import pages
from dlbook.book.markdown.equation_tests import equation_tests

DIRECTIVE = re.compile(r"\[\[equation-tests (?P<page>[\w/]+)\]\]")


class EquationTests(Preprocessor):
    """Writes one heading for each label and, below it, the tests that carry it."""

    def __init__(self, md: Markdown, book: Book, words: dict[str, str]) -> None:
        super().__init__(md)
        self.book = book
        self.words = words

    def run(self, lines: list[str]) -> list[str]:
        return [new for line in lines for new in self._expanded(line)]

    def _expanded(self, line: str) -> Iterator[str]:
        directive = DIRECTIVE.fullmatch(line.strip())
        yield from self._tests(directive["page"]) if directive else [line]

    def _tests(self, page: str) -> Iterator[str]:
        tested = equation_tests(self.book)
        for label in _labels(self.book.docs / self.book.first / f"{page}.md"):
            yield from ("", f"### {self.words['formula']} `{label}` {{ #eq-{label} }}", "")
            yield from (f"[{self.words['where']}](../{page}.md#eq-{label})", "")
            for test in tested.get(label, []):  # the book's own check reports a label without a test
                yield from (f'```{{.python .test title="{test.path}#L{test.line}"}}', *test.source.splitlines(), "```", "")


def _labels(page: Path) -> list[str]:
    """The labels of a page's formulas, in order."""
    equations = (element for element in pages.read(page) if element.kind == "equation")
    return [label for label in map(pages.label, equations) if label]


class ChecksPageExtension(Extension):
    """Options: `root` of the book; the words `formula` and `where` in the language of the page."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "root": [".", "the root of the book"],
            "formula": ["Formula", "what a heading begins with"],
            "where": ["Where it stands", "the text of the link back to the formula"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Markdown's)
        book = Book(Path(self.getConfig("root")))
        # Before the fences are read (25), so that the tests are set as code.
        md.preprocessors.register(EquationTests(md, book, self.getConfigs()), "dlbook_equation_tests", 40)


def makeExtension(**options: Any) -> ChecksPageExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return ChecksPageExtension(**options)
