"""The addresses that readers have: each that the book has had leads to its section, also after the section has moved.

`docs/addresses.yml` holds, page by page, every id that the pages have had; `python -m dlbook.book.chapter --update` adds
those that are new and takes none away. `docs/moved.yml` says where the sections went that stand on another page now.
"""

import json
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dlbook.book.layout import GENERATED, Book
from dlbook.book.markdown import pages

MOVED = "moved.also.js"  # in the theme: what a page asks for that lacks the section of its address
HEAD = "# Every address that the book has had, written by dlbook.book.generated; a line is never taken away.\n"


class MovedError(ValueError):
    """docs/moved.yml is not what it must be."""


def standing(book: Book, page: str) -> set[str]:
    """The ids of a page's sections and formulas that it has in all languages; none if there is no such page."""
    files = [book.docs / language / f"{page}.md" for language in book.languages]
    return set.intersection(*({*_ids(file, file.stat().st_mtime_ns)} if file.exists() else set() for file in files))


@cache
def _ids(file: Path, changed: int) -> list[str]:
    elements = pages.read(file)
    formulas = (f"eq-{name}" for name in map(pages.label, elements) if name)
    headings = (e.key.partition(" ")[2] for e in elements if e.kind == "heading")
    return [*formulas, *(name for name in headings if name != "None")]


def published(book: Book) -> dict[str, list[str]]:
    """Every id that the book has had, page by page; nothing if it keeps no such list."""
    return _read(book.addresses) or {}


def moved(book: Book) -> dict[str, dict[str, str]]:
    """Where sections went: {page: {id: "page#id"}}.

    Raises:
        MovedError: the file holds something else.
    """
    try:
        found = _read(book.moved) or {}
    except yaml.YAMLError as error:
        raise MovedError(f"is no YAML: {error}") from None
    for page, sections in found.items():
        if not isinstance(sections, dict):
            raise MovedError(f"{page} must hold lines of the form `id: page#id`, got {sections!r}")
        for name, target in sections.items():
            if not isinstance(target, str) or not all(target.partition("#")):
                raise MovedError(f"{page}#{name} must lead to `page#id`, got {target!r}")
    return found


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_text("utf8")) if file.exists() else None


def wanted(book: Book) -> dict[Path, str]:
    """The text that the list of addresses and the table for the site should have."""
    texts = {}
    if book.addresses.exists():
        texts[book.addresses] = HEAD + _lines(book)
    with suppress(MovedError):  # a check says it
        table = json.dumps(moved(book), sort_keys=True)
        if book.moved.exists():
            texts[book.theme / MOVED] = f"// From docs/moved.yml, written by dlbook.book.generated.\nvar dlMoved = {table}\n"
    return texts


def _lines(book: Book) -> str:
    had = published(book)
    written = (page for page in book.pages(book.first) if page.parts[0] not in GENERATED)
    names = {*had, *(page.with_suffix("").as_posix() for page in written)}
    ids = {name: sorted({*had.get(name, []), *standing(book, name)}) for name in sorted(names)}
    return "".join(f"{name}: [{', '.join(of)}]\n" for name, of in ids.items() if of)
