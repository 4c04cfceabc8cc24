"""Formulas: what has a number has a test."""

from collections import Counter
from collections.abc import Iterator

from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.layout import Book
from dlbook.book.markdown import pages
from dlbook.book.markdown.equation_tests import equation_tests


@check
def every_labelled_equation_is_tested(book: Book) -> Iterator[Problem]:
    """Labels on the pages and marks in the tests are the same, and each label stands once."""
    tested = equation_tests(book)
    labels: Counter[str] = Counter()
    for path in book.all_pages():
        for element in pages.read(path):
            name = pages.label(element) if element.kind == "equation" else None
            if name and name not in tested:
                yield at(
                    book, path, element.line, f"equation {name!r} has no test marked @pytest.mark.equation({name!r})"
                )
            if name and path.is_relative_to(book.docs / book.first):
                labels[name] += 1
                if labels[name] == 2:
                    yield at(book, path, element.line, f"label {name!r} is used twice in the book")
    for name, tests in tested.items():
        if name not in labels:
            yield at(book, book.root / tests[0].path, tests[0].line, f"tests equation {name!r}, which no page has")
