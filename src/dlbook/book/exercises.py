"""The exercises of a page, and the list in which the package says what of each is checked.

The list is `exercises/exercises.toml` in the package: a table for each page, an entry for each exercise, in the order of the
page. The package checks what an entry says that a reader should `define`; pages and notebooks say how to ask it.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from textwrap import wrap
from typing import Any

from dlbook.book import phrases
from dlbook.book.layout import Book
from dlbook.book.markdown import pages
from dlbook.book.markdown.pages import Element

SECTION = "2 exercises"  # the heading, with its level, below which they stand
ITEM = re.compile(r"(?P<number>\d+)\.\s")
DEFINED = re.compile(r"(?P<kind>class )?(?P<name>\w+)(?P<given>\([^)]*\))?")
PREFIX = "solution_"
FILE = "mine.py"
WIDTH = 76


@dataclass
class Exercise:
    """One on a page.

    Attributes:
        number: as it is written.
        line: where it begins.
        told: the line in front of which the page says how to check it: of its first box, or of what comes behind it.
        in_box: whether that is a box of its own.
        name: that of the first listing of its solution, without "solution_"; empty if it has none.
    """

    number: int
    line: int
    told: int = 0
    in_box: bool = False
    name: str = ""


def on_page(elements: list[Element]) -> list[Exercise]:
    """The exercises of a page: the numbered items below the heading with the id "exercises"."""
    found: list[Exercise] = []
    inside = False
    for element in elements:
        if element.kind == "heading":
            _end(found, element)
            inside = element.key == SECTION
        elif inside:
            _add(found, element)
    return found


def _add(found: list[Exercise], element: Element) -> None:
    item = ITEM.match(element.text) if element.kind == "prose" else None
    if item:
        _end(found, element)
        found.append(Exercise(int(item["number"]), element.line))
    elif found and element.kind == "box" and not found[-1].told:
        found[-1].told, found[-1].in_box = element.line, True
    elif found and element.kind == "fence" and not found[-1].name:
        found[-1].name = _name(element)


def _end(found: list[Exercise], element: Element) -> None:
    if found and not found[-1].told:
        found[-1].told = element.line


def _name(element: Element) -> str:
    fence = pages.fence(element)
    if not (fence.is_python and fence.include):
        return ""
    return Path(fence.include.path).stem.removeprefix(PREFIX)


def listed(book: Book) -> dict[str, list[dict[str, Any]]]:
    """The entries of each page; nothing where a book has no list.

    Raises:
        tomllib.TOMLDecodeError: the list is no TOML.
    """
    file = book.exercises
    return _read(file, file.stat().st_mtime_ns) if file.exists() else {}


@lru_cache(10)
def _read(file: Path, changed: int) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(file.read_text("utf8"))


def checked(book: Book, page: Path, elements: list[Element]) -> Iterator[tuple[Exercise, dict[str, Any]]]:
    """The exercises of a page, relative to the folder of its language, that have a check, with their entries."""
    entries = listed(book).get(page.with_suffix("").as_posix(), [])
    for exercise in on_page(elements) if entries else ():
        if exercise.number <= len(entries) and entries[exercise.number - 1].get("define"):
            yield exercise, entries[exercise.number - 1]


def told(chapter: str, number: int, entry: dict[str, Any], language: str) -> str:
    """How an answer is checked, in a line of Markdown."""
    words = phrases.of(language)
    names = words["and"].join(f"`{found[0]}`" for found in DEFINED.finditer(entry["define"]))
    gives = entry.get(language) or entry["en"]
    return words["check"].format(chapter=chapter, number=number, file=FILE, define=names, gives=gives)


def cell(package: str, chapter: str, number: int, entry: dict[str, Any], language: str) -> str:
    """The cell of a notebook in which a reader writes an answer and has it checked."""
    wanted = list(DEFINED.finditer(entry["define"]))
    far = "\n\n\n" if any(map(_has_body, wanted)) else "\n\n"  # as PEP 8 sets functions apart
    blanks = (far if far == "\n\n\n" else "\n").join(map(_blank, wanted))
    names = ", ".join(found["name"] for found in wanted)
    asks = f'from {package} import exercises\n\nexercises.check("{chapter}", {number}, {names})'
    return far.join([*([entry["needs"]] if "needs" in entry else []), f"{_said(entry, language)}\n{blanks}", asks])


def _said(entry: dict[str, Any], language: str) -> str:
    """What is asked for, as comments."""
    gives = (entry.get(language) or entry["en"]).replace("`", "")
    return "\n".join(f"# {line}" for text in (phrases.of(language)["yours"], gives) for line in wrap(text, WIDTH))


def _blank(wanted: re.Match[str]) -> str:
    """What is to be filled in."""
    if not _has_body(wanted):
        return f"{wanted['name']} = None"
    return f"{'class' if wanted['kind'] else 'def'} {wanted['name']}{wanted['given'] or ''}:\n    ..."


def _has_body(wanted: re.Match[str]) -> bool:
    """Whether it is a class or a function, and no number."""
    return bool(wanted["kind"] or wanted["given"])
