"""A test that has passed passes at once while nothing that it looked at has changed. In CI every test looks again.

What a test looks at is found out, not declared: the modules that its file imports, directly and through others, and the
files that it opens while it runs. A test that starts a process or lists a folder looks at more than that; it is kept only if
its marker `looks_at` names the rest: patterns below the root of the repository.
"""

import ast
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from browsing import BOOK, chromium_here

from dlbook.book.kept import Kept, content_hash, digest
from dlbook.book.listings.cache import versions

KEPT = Kept(BOOK, "tests")
TESTS = Path(__file__).parents[1]
PROCESSES = {"subprocess.Popen", "os.posix_spawn", "os.fork", "os.forkpty", "os.system", "os.exec"}
FOLDERS = {"os.listdir", "os.scandir"}
NOT_OURS = tuple(str(BOOK.root / name) for name in (".venv", ".cache", ".git", ".hypothesis", ".pytest_cache"))
TOOLS = ("pytest", "hypothesis", "playwright", "beartype", "markdown", "mkdocs-material", "pymdown-extensions")


@dataclass
class Sight:
    """What a test was seen to look at."""

    files: set[Path] = field(default_factory=set)
    further: bool = False  # at more than these files


def stands(test: pytest.Item) -> bool:
    """Whether a test has passed before on the same bytes."""
    with suppress(FileNotFoundError):  # a file was taken away since the tests began
        return "CI" not in os.environ and KEPT.get(*_parts(test)) is not None
    return False


def note(test: pytest.Item, sight: Sight) -> None:
    """Remember that a test has passed, if all that it looked at is known and still there."""
    if not sight.further or _patterns(test):
        files = {file for file in sight.files if file.is_file()}
        with suppress(FileNotFoundError):
            KEPT.put(*_parts(test), outcome=True, files=files | set(_code(test.path)))


_sight: Sight | None = None


@contextmanager
def watching(sight: Sight) -> Iterator[None]:
    """Note what is looked at meanwhile."""
    global _sight
    _listen()
    before, _sight = _sight, sight
    try:
        yield
    finally:
        _sight = before


@cache
def _listen() -> None:
    sys.addaudithook(_heard)


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if _sight is None:
        return
    if event in PROCESSES or (
        event in FOLDERS and _is_ours(arguments[0] if arguments and arguments[0] is not None else ".")
    ):
        _sight.further = True
    elif event == "open" and _is_ours(arguments[0]):
        _sight.files.add(Path(os.path.abspath(os.fsdecode(arguments[0]))))


def _is_ours(path: Any) -> bool:
    """Whether a path leads to something of the repository that people write."""
    if not isinstance(path, (str, bytes, os.PathLike)):
        return False
    name = os.path.abspath(os.fsdecode(path))
    return name.startswith(str(BOOK.root)) and not name.startswith(NOT_OURS) and "__pycache__" not in name


def _parts(test: pytest.Item) -> tuple[str, ...]:
    """All that is known of a test before it runs."""
    declared = [content_hash(file) for pattern in _patterns(test) for file in matching(pattern)]
    settings = [f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith("DLBOOK_")]
    return (test.nodeid, environment(), *settings, *declared)


def _patterns(test: pytest.Item) -> list[str]:
    return [pattern for marker in test.iter_markers("looks_at") for pattern in marker.args]


@cache
def matching(pattern: str) -> tuple[Path, ...]:
    """The files of the repository that a pattern names."""
    return tuple(file for file in sorted(BOOK.root.glob(pattern)) if file.is_file() and "__pycache__" not in file.parts)


@cache
def environment() -> str:
    """The versions and the browser that tests run with."""
    browser = chromium_here()
    built = str(Path(browser).resolve().stat().st_mtime_ns) if browser else "playwright's own"
    tools = (f"{tool}=={version(tool)}" for tool in TOOLS)
    return digest(sys.version, built, content_hash(BOOK.root / "pyproject.toml"), *sorted(versions(BOOK)), *tools)


@cache
def _code(file: Path) -> tuple[Path, ...]:
    """A test's file, the fixtures above it, and what these import of the repository, directly or through others."""
    above = (folder / "conftest.py" for folder in file.parents if folder.is_relative_to(BOOK.root))
    return behind(file, *(conftest for conftest in above if conftest.exists()))


def behind(*start: Path, code: str = "") -> tuple[Path, ...]:
    """The files of the repository that some files, or a piece of code, import, directly or through others."""
    found: set[Path] = set()
    waiting = [*start, *_imported(code)]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += _imports(one)
    return tuple(sorted(found))


@cache
def _imports(file: Path) -> tuple[Path, ...]:
    return _imported(file.read_text("utf8"))


def _imported(code: str) -> tuple[Path, ...]:
    names = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(path for name in names for path in _files_of(name))


@cache
def _files_of(module: str) -> tuple[Path, ...]:
    """The files that importing a module of the repository runs."""
    parts = module.split(".")
    for folder in (BOOK.source, TESTS / "support", TESTS):
        above = [folder.joinpath(*parts[:n]) / "__init__.py" for n in range(1, len(parts) + 1)]
        found = [file for file in (folder.joinpath(*parts).with_suffix(".py"), *above) if file.exists()]
        if found:
            return tuple(found)
    return ()
