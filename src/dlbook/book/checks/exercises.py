"""Exercises: those of the pages and those of the list in the package are the same, one by one."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dlbook.book import exercises
from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.layout import Book
from dlbook.book.markdown import pages

KINDS = ("thought", "experiment")


@check
def every_exercise_is_in_the_list(book: Book) -> Iterator[Problem]:
    """Each has an entry that says what to define, or that it asks for a thought or an experiment alone."""
    if not book.exercises.exists():
        return
    try:
        known = exercises.listed(book)
    except tomllib.TOMLDecodeError as error:
        yield at(book, book.exercises, 1, str(error))
        return
    seen = set()
    for language in book.languages:
        for page in book.pages(language):
            path = book.docs / language / page
            found, name = exercises.on_page(pages.read(path)), page.with_suffix("").as_posix()
            seen |= {name} if found else set()
            yield from _of_page(book, path, found, known.get(name, []))
    for name in [name for name in known if name not in seen]:
        yield _in_list(book, name, 0, f"no page {name} has exercises")
    for name, entries in known.items():
        for number, entry in enumerate(entries, 1):
            yield from (_in_list(book, name, number, what) for what in _lacks(book, entry))


def _of_page(book: Book, path: Path, found: list[exercises.Exercise], entries: list[dict[str, Any]]) -> Iterator[Problem]:
    for place, exercise in enumerate(found, 1):
        if exercise.number != place:
            yield at(book, path, exercise.line, f"exercise {place} has the number {exercise.number}")
        elif place > len(entries):
            where = book.relative(book.exercises)
            yield at(book, path, exercise.line, f"exercise {place} has no entry in {where}: say what to define, or what it asks for")
        elif exercise.name and exercise.name != entries[place - 1].get("name"):
            other = entries[place - 1].get("name")
            yield at(book, path, exercise.line, f"exercise {place} is solved by {exercise.name}, its entry is that of {other}: has it moved?")
    for number in range(len(found) + 1, len(entries) + 1 if found else 0):
        yield _in_list(book, path.stem, number, f"{book.relative(path)} has no exercise {number}")


def _lacks(book: Book, entry: dict[str, Any]) -> Iterator[str]:
    """What an entry does not say, or says twice."""
    wanted = ["name", "title", *(book.languages if "define" in entry else [])]
    yield from (f"lacks {key}" for key in wanted if not entry.get(key))
    if ("define" in entry) == ("kind" in entry):
        yield f"says what to define, or kind = one of {', '.join(KINDS)}: one of the two"
    elif entry.get("kind", KINDS[0]) not in KINDS:
        yield f"kind is {entry['kind']!r}, not one of {', '.join(KINDS)}"


def _in_list(book: Book, name: str, number: int, what: str) -> Problem:
    lines = book.exercises.read_text("utf8").split("\n")
    table = (i for i, line in enumerate(lines, 1) if re.match(rf'"?{re.escape(name)}"?\s*=', line))
    return at(book, book.exercises, next(table, 1) + number, what)
