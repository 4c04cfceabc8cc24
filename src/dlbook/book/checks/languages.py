"""Several languages, one book: the first is the one that the others are held to."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.layout import Book
from dlbook.book.markdown import outline, pages
from dlbook.book.markdown.outline import read_config


@check
def every_page_has_its_twin(book: Book) -> Iterator[Problem]:
    """All languages hold the same pages."""
    for other in book.languages[1:]:
        for here, there in ((book.first, other), (other, book.first)):
            for page in sorted(set(book.pages(here)) - set(book.pages(there))):
                twin = book.relative(book.docs / there / page)
                yield at(book, book.docs / here / page, 1, f"has no twin {twin}")


@check
def nav_and_pages_agree(book: Book) -> Iterator[Problem]:
    """Every nav entry has its page, every page its nav entry, and all languages the same order."""
    order = {language: nav(book, language) for language in book.languages}
    for language, entries in order.items():
        where = f"{book.relative(book.config(language))}:1"
        existing = {page.as_posix() for page in book.pages(language)}
        for page in entries:
            if page not in existing:
                yield Problem(where, f"nav names {page}, which does not exist in {book.options.docs}/{language}")
        for page in sorted(existing - set(entries)):
            yield Problem(where, f"nav lacks {page}")
        if entries != order[book.first]:
            yield Problem(where, f"nav has another order than {book.relative(book.config(book.first))}")


def nav(book: Book, language: str) -> list[str]:
    """The pages of a nav, in order."""
    return list(_leaves(read_config(book.config(language)).get("nav", [])))


def _leaves(entry: object) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        yield from _leaves(list(entry.values()))
    elif isinstance(entry, list):
        for child in entry:
            yield from _leaves(child)


def twins(book: Book) -> Iterator[tuple[Path, Path]]:
    """Each page of the first language with its page in another; a missing one is reported by its own check."""
    for other in book.languages[1:]:
        for page in sorted(set(book.pages(book.first)) & set(book.pages(other))):
            yield book.docs / book.first / page, book.docs / other / page


@check
def both_languages_have_one_skeleton(book: Book) -> Iterator[Problem]:
    """Headings with ids, fences, equations, figures, tables and boxes are equal, in order."""
    for one, other in twins(book):
        yield from _skeleton_difference(book, one, other)


def _skeleton_difference(book: Book, one: Path, other: Path) -> Iterator[Problem]:
    left, right = ([e for e in pages.read(path) if e.kind != "prose"] for path in (one, other))
    for a, b in zip_longest(left, right):
        if a is None or b is None or (a.kind, a.key) != (b.kind, b.key):
            here = f"{a.kind} {a.key!r} (line {a.line})" if a else "the end of the page"
            line = b.line if b else max((e.last_line for e in pages.read(other)), default=1)
            there = f"{b.kind} {b.key!r}" if b else "the end of the page"
            yield at(book, other, line, f"{there} stands where {book.relative(one)} has {here}")
            return


@check
def both_languages_have_the_same_formulas_in_their_lines(book: Book) -> Iterator[Problem]:
    """Section by section, the formulas within lines are equal, in order; what is said around them need not be."""
    for one, other in twins(book):
        left, right = (outline.outline(book, path).inline for path in (one, other))
        sections = dict.fromkeys(section for section, _ in (*left, *right))
        for section in sections:
            here, there = ([latex for name, latex in found if name == section] for found in (left, right))
            if here != there:
                yield _formula_difference(book, one, other, section, here, there)


def _formula_difference(book: Book, one: Path, other: Path, section: str, here: list, there: list) -> Problem:
    pairs = enumerate(zip_longest(here, there), 1)
    number, (expected, met) = next((n, pair) for n, pair in pairs if pair[0] != pair[1])
    in_the_first = f"{book.relative(one)}:{_line_of(one, section, expected)} has {_said(expected)}"
    what = f"formula {number} within the lines of section #{section} is {_said(met)}, {in_the_first}"
    return at(book, other, _line_of(other, section, met), what)


def _said(latex: str | None) -> str:
    return f"${latex}$" if latex else "not there"


def _line_of(path: Path, section: str, latex: str | None) -> int:
    """The line of a section in which a formula stands, or that of its heading."""
    here, start = "", 1
    for element in pages.read(path):
        if element.kind == "heading":
            here = element.key.partition(" ")[2]
            start = element.line if here == section else start
        written = [pages.plain_formula(found["latex"]) for found in pages.INLINE.finditer(element.text)]
        if here == section and latex in written:
            return element.line
    return start


@check
def every_heading_has_an_id(book: Book) -> Iterator[Problem]:
    """Ids survive translation; generated ones do not."""
    for path in book.all_pages():
        for element in pages.read(path):
            if element.kind == "heading" and element.key.endswith(" None") and not element.key.startswith("1 "):
                yield at(book, path, element.line, f"heading {element.text!r} has no {{ #id }}")
