"""What a page may hold, and that all who read it read the same."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.layout import GENERATED, Book
from dlbook.book.listings.includes import separators
from dlbook.book.markdown import grammar, outline, pages


@check
def pages_keep_to_the_grammar(book: Book) -> Iterator[Problem]:
    """No page uses a form of Markdown that one of its readers does not know."""
    for path in book.all_pages():
        for line, fault in grammar.faults(path):
            yield at(book, path, line, fault)


@check
def the_site_shows_what_is_read(book: Book) -> Iterator[Problem]:
    """The elements that the checks read off a page are those that the site shows, in order."""
    for path in written_pages(book):
        for line, fault in outline.disagreements(pages.read(path), outline.outline(book, path)):
            yield at(book, path, line, fault)


def written_pages(book: Book) -> Iterator[Path]:
    """The pages that people write: all but those that are generated beside each chapter."""
    for language in book.languages:
        for page in book.pages(language):
            if page.parts[0] not in GENERATED:
                yield book.docs / language / page


@check
def lines_end_where_all_programs_end_them(book: Book) -> Iterator[Problem]:
    """No listing and no recorded output holds a character that ends a line for some programs only."""
    for pattern in ("*.py", "*.out"):
        for path in sorted(book.snippets.rglob(pattern)):
            for line, fault in separators(path.read_bytes().decode("utf-8-sig")):
                yield at(book, path, line, fault)


@check
def links_lead_somewhere(book: Book) -> Iterator[Problem]:
    """Every link to a section leads to an id, on its own page or on another."""
    for path in book.all_pages():
        folder = book.docs / path.relative_to(book.docs).parts[0]
        for element in pages.read(path):
            for page, target in targets_within(element):
                other = (path.parent / page).resolve() if page else path
                written = other.is_relative_to(folder) and other.is_file() and not is_made_from_code(folder, other)
                if written and target not in ids_of(other):
                    yield at(book, path, element.line, f"{page}#{target} leads nowhere")


def is_made_from_code(folder: Path, page: Path) -> bool:
    """Whether the sections of a page come from tests or docstrings when the site is built."""
    return page.relative_to(folder).parts[0] in GENERATED


def ids_of(path: Path) -> set[str]:
    """The ids of a page's headings, formulas, attributes and of its HTML."""
    return _ids_of(path, path.stat().st_mtime_ns)


@lru_cache(1000)
def _ids_of(path: Path, changed: int) -> set[str]:
    elements = pages.read(path)
    ids = {f"eq-{name}" for name in map(pages.label, elements) if name}
    ids |= {e.key.partition(" ")[2] for e in elements if e.kind == "heading"}
    return ids | {name for e in elements for name in ids_within(e.text)}


def ids_within(text: str) -> list[str]:
    """The ids that a line gives by attributes or in HTML."""
    clean = pages.masked(text)
    return re.findall(r"\{[^{}\n]*?#([\w:.-]+)", clean) + re.findall(r'\bid="([\w:.-]+)"', clean)


def targets_within(element: pages.Element) -> list[tuple[str, str]]:
    """Where the links of a line lead: (page, empty for its own; section)."""
    if element.kind in ("fence", "equation"):
        return []
    return re.findall(r"\]\(((?:[\w./-]+\.md)?)#([\w:.-]+)(?:\s[^)]*)?\)", pages.masked(element.text))
