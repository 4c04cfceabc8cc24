"""Works of others in a book: who made them, under which licence, and which pages show them.

One file says it, `docs/works.yml`; its head explains what stands in it. A page shows what its listings load, and that is read off
their code. So nobody has to remember to name an author.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dlbook.book import phrases
from dlbook.book.layout import Book
from dlbook.book.markdown import pages

FIRST = ("name", "language")  # what the first argument of a function that loads may be called
ANYTHING = "*"  # an argument that only running the code tells
NEEDED = {"title", "by", "source", "licence", "changes"}
WORDS = ("title", "by", "licence", "changes")  # in each language, or one text for all
OTHERS = NEEDED | {"licence_at", "in_full", "loaded_by", "files"}


class WorksError(ValueError):
    """`docs/works.yml` is not what it should be."""


class Use(NamedTuple):
    """A function that code calls or hands on, and its first argument: a text, none, or `ANYTHING`."""

    function: str
    argument: str | None


@dataclass(frozen=True)
class Work:
    """A work of somebody else: an entry of `docs/works.yml`."""

    name: str
    about: dict[str, Any]

    def word(self, key: str, language: str) -> str:
        """What stands under a key, in a language."""
        found = self.about[key]
        return found[language] if isinstance(found, dict) else found

    @property
    def files(self) -> list[str]:
        return self.about.get("files", [])

    @property
    def loaded_by(self) -> list[str]:
        return self.about.get("loaded_by", [])

    def line(self, language: str, mark: str = "") -> str:
        """Title, authors, source, licence and changes, as a line of Markdown."""
        title, by, licence, changes = (self.word(key, language) for key in WORDS)
        if "licence_at" in self.about:
            licence = f"[{licence}]({self.about['licence_at']})"
        return phrases.of(language)["work"].format(title=f"[{title}]({self.about['source']}){mark}", by=by, licence=licence, changes=changes)

    def beside(self, language: str) -> str:
        """What a page says that shows it: all of that, or the names, where the list may say the rest."""
        if self.about.get("in_full"):
            return self.line(language)
        title, by, licence = (self.word(key, language) for key in ("title", "by", "licence"))
        return phrases.of(language)["work_named"].format(title=title, by=by, licence=licence)

    def is_loaded(self, uses: Iterable[Use]) -> bool:
        """Whether one of some uses may load it."""
        return any(_matches(entry, use) for entry in self.loaded_by for use in uses)


def _matches(entry: str, use: Use) -> bool:
    if entry.startswith('"'):
        return use == Use("", entry.strip('"'))
    function, bracket, argument = entry.rstrip(")").partition("(")
    if function != use.function:
        return False
    return not bracket or use.argument == (argument or None) or (bool(argument) and use.argument == ANYTHING)


def works(book: Book) -> dict[str, Work]:
    """All works of others by their names; none if the book has no such file.

    Raises:
        WorksError: an entry lacks something, or has a word too many.
    """
    return {name: Work(name, _checked(name, about, book)) for name, about in _read(book).get("works", {}).items()}


def ours(book: Book) -> list[str]:
    """The files of the same kinds that are the book's own."""
    return _read(book).get("ours", [])


def _read(book: Book) -> dict[str, Any]:
    return yaml.safe_load(book.works.read_text("utf8")) or {} if book.works.exists() else {}


def _checked(name: str, about: dict[str, Any], book: Book) -> dict[str, Any]:
    if missing := NEEDED - about.keys():
        raise WorksError(f"{book.relative(book.works)}: {name} lacks {', '.join(sorted(missing))}")
    if strange := about.keys() - OTHERS:
        raise WorksError(f"{book.relative(book.works)}: {name} has {', '.join(sorted(strange))}, which means nothing")
    for key in WORDS:
        if isinstance(about[key], dict) and set(about[key]) != set(book.languages):
            raise WorksError(f"{book.relative(book.works)}: {key} of {name} must be one text, or one in each of {', '.join(book.languages)}")
    return about


# Which of them a page shows


def shown_on(book: Book, path: Path) -> list[Work]:
    """The works of others that the listings and the interactive figures of a page load, in the order of the file."""
    loaded: set[Use] = set()
    files: set[str] = set()
    for element in pages.read(path):
        fence = pages.fence(element) if element.kind == "fence" else None
        if fence and fence.is_python and fence.include and not fence.include.is_source(book):
            loaded |= uses_in(fence.include.file(book))
        elif element.kind == "image":
            files |= drawn_by(book, element.key)
    return [work for work in works(book).values() if work.is_loaded(loaded) or files & set(work.files)]


def drawn_by(book: Book, figure: str) -> set[str]:
    """The files that the interactive figure of the same name brings along, if there is one."""
    chapter = Path(figure).parts[-2] if len(Path(figure).parts) > 1 else ""
    return {book.relative(file) for file in book.theme.glob(f"widgets/{chapter}.weights.mjs")}


def uses_in(file: Path) -> frozenset[Use]:
    """What the code of a file may load; nothing of code that is no Python, which some listings are on purpose."""
    return _uses(file, file.stat().st_mtime_ns) if file.exists() else frozenset()


@lru_cache(2000)
def _uses(file: Path, changed: int) -> frozenset[Use]:
    try:
        tree = ast.parse(file.read_text("utf-8-sig"))
    except SyntaxError:
        return frozenset()
    return frozenset(uses(tree))


def uses(tree: ast.AST) -> Iterator[Use]:
    """Each function of a module that is called or handed on, by its full name; and each text, with no function."""
    known = _imported(tree)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (full := _full_name(node.func, known)):
            yield Use(full, _argument(node))
        elif isinstance(node, (ast.Name, ast.Attribute)) and id(node) not in called and (full := _full_name(node, known)):
            yield Use(full, ANYTHING)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield Use("", node.value)


def _imported(tree: ast.AST) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.asname or alias.name.partition(".")[0]: alias.name if alias.asname else alias.name.partition(".")[0] for alias in node.names}
    return found


def _full_name(node: ast.AST, known: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    if isinstance(node, ast.Attribute) and (before := _full_name(node.value, known)):
        return f"{before}.{node.attr}"
    return ""


def _argument(call: ast.Call) -> str | None:
    by_name = (each.value for each in call.keywords if each.arg in FIRST)
    first = call.args[0] if call.args else next(by_name, None)
    if first is None:
        return None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ANYTHING


# What is nobody's


def claimed(book: Book, file: Path) -> bool:
    """Whether a file is said to be a work of somebody, or the book's own."""
    said = [pattern for work in works(book).values() for pattern in work.files] + ours(book)
    return any(fnmatch(book.relative(file), pattern) for pattern in said)
