"""The words in the figures: each label has its words in every language or stays on purpose, and no entry is left over."""

import re
from collections.abc import Iterator

from dlbook.book import labels
from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.labels import NUMBER, Labels
from dlbook.book.layout import Book


@check
def every_label_has_its_words(book: Book) -> Iterator[Problem]:
    """In a book with docs/labels.yml, each label of a figure has an entry in each further language, or a pattern says that it stays."""
    for language in _languages(book):
        table = labels.labels(book, language)
        for file in sorted(book.figures.rglob("*.svg")):
            name = labels.name_of(book, file)
            for label in dict.fromkeys(labels.in_figure(file.read_text("utf8"))):
                if not (table.entry(name, label) or table.kept(name, label) or table.kept("", label)):
                    yield at(book, file, 1, f"{label!r} has no words in {language!r} in docs/labels.yml, and no pattern says that it stays")


@check
def every_label_entry_is_used(book: Book) -> Iterator[Problem]:
    """Each entry and each pattern of docs/labels.yml is that of a label in a figure."""
    for language in _languages(book):
        table = labels.labels(book, language)
        used: set[tuple[str, str | None]] = set()
        for file in book.figures.rglob("*.svg"):
            name = labels.name_of(book, file)
            for label in labels.in_figure(file.read_text("utf8")):
                entry = table.entry(name, label)
                used |= {entry} if entry else {(where, table.kept(where, label)) for where in (name, "")}
        for where, what in [*table.said, *((where, pattern) for where, patterns in table.stays.items() for pattern in patterns)]:
            if (where, what) not in used:
                yield at(book, book.labels, _line(book, where, what), f"{what!r} is the label of no figure{f' {where}' if where else ''}")


@check
def labels_say_the_same_numbers(book: Book) -> Iterator[Problem]:
    """An entry of docs/labels.yml has the numbers of its label, and as many places for numbers."""
    for language in _languages(book):
        table = labels.labels(book, language)
        for where, label in table.said:
            for words in _texts(table, where, label):
                if _stated(words) != _stated(label):
                    yield at(book, book.labels, _line(book, where, label), f"{words!r} has other numbers than {label!r}")


def _languages(book: Book) -> tuple[str, ...]:
    return book.languages[1:] if book.labels.exists() else ()


def _texts(table: Labels, where: str, label: str) -> list[str]:
    said = table.said[where, label]
    return [said] if isinstance(said, str) else said


def _stated(text: str) -> list[str]:
    return sorted(re.findall(rf"\{{\}}|{NUMBER[1:-1]}", text))


def _line(book: Book, where: str, what: str) -> int:
    """Where an entry stands: below the name of its figure, if it is that of one."""
    lines = book.labels.read_text("utf8").split("\n")
    start = next((n for n, line in enumerate(lines) if where and line.strip().startswith(f"{where}:")), 0)
    return next((n for n, line in enumerate(lines[start:], start + 1) if what in line), start + 1)
