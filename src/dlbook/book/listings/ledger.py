"""What is checked in beside a listing that takes long: what it was run from, on what, for how long.

While nothing in it has changed, the test need not run the listing again. It is also what the page says of the run.
"""

import ast
import datetime
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dlbook.book.kept import content_hash, digest
from dlbook.book.layout import Book
from dlbook.book.listings import machine
from dlbook.book.listings.includes import Include
from dlbook.book.listings.running import Result

LONG = "long"  # the word in a fence's braces
SHOWN_FROM = 1.0  # seconds: a listing that takes longer says so on the page
LONGEST = 600.0
MACHINE = {"system", "processor", "threads"}  # what a later run may differ in; versions may not
SUFFIX = ".ledger.json"
SHOW_EMPTY: dict[str, Any] = {"show_empty": True} if sys.version_info >= (3, 13) else {}


@dataclass(frozen=True)
class Ledger:
    """The ledger of a listing, the last of these steps."""

    book: Book
    steps: tuple[Include, ...]

    @property
    def file(self) -> Path:
        own = self.steps[-1]
        name = f".{own.section}" if own.section else ""
        return (self.book.snippets / own.path).with_suffix(f"{name}{SUFFIX}")

    @property
    def entry(self) -> dict[str, Any]:
        """What it says; empty if there is none that can be read."""
        try:
            found = json.loads(self.file.read_text("utf8"))
        except (FileNotFoundError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def changes(self) -> list[str]:
        """What has changed since the listing was run; nothing if its recording still holds."""
        entry = self.entry
        if not entry:
            return [f"{self.book.relative(self.file)} is not there, or cannot be read"]
        found = [] if entry.get("listing") == self._listing() else ["the listing itself"]
        for kind, hashed in (("modules", code_digest), ("data", content_hash)):
            found += [name for name, before in sorted(entry.get(kind, {}).items()) if _now(self.book, name, hashed) != before]
        return found + list(_other_versions(entry.get("machine", {}), machine.recorded(self.book)))

    def write(self, result: Result, device: str, long: bool = False) -> Path:
        """Say what a run was made from."""
        ours = [Path(name) for name in result.used if Path(name).is_relative_to(self.book.root)]
        modules = [file for file in ours if file.suffix == ".py"]
        entry = {
            "listing": self._listing(),
            "modules": {self.book.relative(file): code_digest(file) for file in sorted(modules)},
            "data": {self.book.relative(file): content_hash(file) for file in sorted(set(ours) - set(modules))},
            "machine": machine.machine(self.book),
            "device": device,
            "long": long,
            "seconds": float(f"{result.seconds:.2g}"),
            "megabytes": round(result.megabytes),
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        }
        draft = self.file.with_name(self.file.name + ".new")
        draft.write_text(json.dumps(entry, indent=1, sort_keys=True) + "\n", "utf8")
        draft.replace(self.file)
        return self.file

    def _listing(self) -> str:
        return digest(*(_code(step.text(self.book)) for step in self.steps))


def _now(book: Book, name: str, hashed: Any) -> str | None:
    file = book.root / name
    return hashed(file) if file.is_file() else None


def _other_versions(ran: dict[str, str], recorded: dict[str, str]) -> Iterator[str]:
    """The packages that the other recordings were made with in another version."""
    for name, version in sorted(recorded.items()):
        if name not in MACHINE and ran.get(name) != version:
            yield f"{name} was {ran.get(name)}, the book is recorded with {version}"


def code_digest(file: Path) -> str:
    """A hash of what a module does: of its code without comments, docstrings and layout.

    Of a package as a whole (`dlbook/__init__.py`, which every listing imports) it also leaves out what only outsiders
    ask for by name: a version that is written down, `__getattr__` and `__dir__`, which Python asks for a name that the
    module does not have and for the list of its names. None of them changes what a function computes, and hours of
    runs would give the same. What goes through them is hashed all the same: a submodule that a listing came by in this
    way is among those that it imported. So they may do no more than find and import: `tests/test_package.py` sees to it.
    """
    state = file.stat()
    return _code_digest(file, state.st_mtime_ns, state.st_size)


@lru_cache(5000)
def _code_digest(file: Path, changed: int, size: int) -> str:
    tree = ast.parse(file.read_text("utf-8-sig"))
    if _is_whole_package(file):
        tree.body = [node for node in tree.body if not _for_outsiders(node)]
    return digest(_dump(tree))


def _code(text: str) -> str:
    return _dump(ast.parse(text))


def _dump(tree: ast.Module) -> str:
    """What the code says, the same in each Python: 3.12 gave functions a list that is mostly empty, 3.13 writes no empty ones."""
    for node in ast.walk(tree):
        if getattr(node, "type_params", None) == []:
            del node.type_params  # type: ignore[attr-defined]
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and ast.get_docstring(node):
            node.body = node.body[1:]
    return ast.dump(tree, **SHOW_EMPTY)


def _is_whole_package(file: Path) -> bool:
    """Whether a module is part of no other package."""
    home = file.parents[1] if file.name == "__init__.py" else file.parent
    return not (home / "__init__.py").exists()


def _for_outsiders(node: ast.stmt) -> bool:
    """Whether a statement of a module makes nothing but a written version, its `__getattr__` or its `__dir__`."""
    match node:
        case ast.Assign([ast.Name("__version__")], ast.Constant(str())):
            return True
        case ast.FunctionDef("__getattr__" | "__dir__", decorator_list=[]):
            return True
    return False


def steps_of(fences: Sequence[Any]) -> Iterator[tuple[Any, tuple[Include, ...]]]:
    """Each python fence that holds an include, with the steps that it goes on from and its own."""
    steps: tuple[Include, ...] = ()
    for fence in fences:
        if fence.is_python and fence.include:
            steps = (*steps, fence.include) if "continuation" in fence.classes else (fence.include,)
            yield fence, steps
