"""What the copy button of a block gives: code that runs as it is, in an interpreter that has run nothing before.

A step of a listing comes with the steps before it. A piece of the package's own source comes with the imports that it
needs, read off its module. Any other block is copied as it is shown.
"""

import ast
import builtins
import symtable
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from dlbook.book.layout import Book
from dlbook.book.listings.includes import Include

WIDTH = 79


class CopyError(ValueError):
    """A block cannot be made to run by itself; the message says which name it lacks."""


def copied(book: Book, steps: Sequence[Include]) -> str:
    """What is copied with the last of these steps, the first of which begins a listing.

    Raises:
        CopyError: a piece of source uses a name that its module does not have.
        FileNotFoundError: there is no such file or section.
    """
    *_, own = steps
    if own.is_source(book):
        return with_imports(book, own)
    return joined(*(step.text(book) for step in steps))


def with_imports(book: Book, include: Include) -> str:
    """A piece of source, after the imports that it needs."""
    return joined("\n".join(imports_of(book, include)), include.text(book))


def joined(*parts: str) -> str:
    """Pieces of code as one, each two lines below the one before."""
    return "\n\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def imports_of(book: Book, include: Include) -> list[str]:
    """The statements that import what a piece of source uses and does not define.

    Raises:
        CopyError: a name that it uses is nowhere in its module.
    """
    file, needed = include.file(book), free_names(include.text(book), str(include))
    known = _bindings(file, include.module(book), file.stat().st_mtime_ns)
    missing = sorted(needed - set(known))
    if missing:
        raise CopyError(f"{include} uses {', '.join(missing)}, which its module does not define")
    return list(_statements([known[name] for name in known if name in needed]))


def free_names(code: str, name: str = "<code>") -> set[str]:
    """The names that code uses and neither defines nor finds among the builtins."""
    found, defined = set(), set()
    tables = [symtable.symtable(code, name, "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        for symbol in table.get_symbols():
            at_top = table.get_type() == "module"
            if at_top and (symbol.is_assigned() or symbol.is_imported()):
                defined.add(symbol.get_name())
            elif symbol.is_referenced() and (at_top or symbol.is_global()):
                found.add(symbol.get_name())
    return found - defined - set(dir(builtins)) - {"__name__", "__file__", "__doc__"}


Binding = tuple[str, str, str]  # module ("" for a plain import), what is imported, "as" what


@lru_cache(200)
def _bindings(file: Path, module: str, changed: int) -> dict[str, Binding]:
    """How each name at the top of a module can be imported: from where the module has it, or from the module."""
    found: dict[str, Binding] = {}
    for statement in _at_the_top(ast.parse(file.read_text("utf-8-sig"), str(file)).body):
        for name, binding in _bound(statement, module):
            found.setdefault(name, binding)
    return found


def _at_the_top(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in statements:
        yield statement
        for part in ("body", "orelse", "handlers", "finalbody"):
            if isinstance(statement, (ast.If, ast.Try, ast.With)):
                yield from _at_the_top(getattr(statement, part, []))


def _bound(statement: ast.stmt, module: str) -> Iterator[tuple[str, Binding]]:
    if isinstance(statement, ast.Import):
        for alias in statement.names:
            yield alias.asname or alias.name.partition(".")[0], ("", alias.name, alias.asname or "")
    elif isinstance(statement, ast.ImportFrom):
        source = _absolute(statement, module)
        for alias in statement.names:
            yield alias.asname or alias.name, (source, alias.name, alias.asname or "")
    elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield statement.name, (module, statement.name, "")
    else:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id, (module, node.id, "")


def _absolute(statement: ast.ImportFrom, module: str) -> str:
    parts = module.split(".")[: -statement.level] if statement.level else []
    return ".".join([*parts, *([statement.module] if statement.module else [])])


def _statements(bindings: list[Binding]) -> Iterator[str]:
    """One statement for each module, the plain imports first."""
    grouped: dict[str, list[str]] = {}
    for source, name, alias in bindings:
        grouped.setdefault(source, []).append(f"{name} as {alias}" if alias else name)
    yield from (f"import {name}" for name in sorted(grouped.pop("", [])))
    for source, names in sorted(grouped.items(), key=lambda item: (item[0].split(".")[0] not in sys.stdlib_module_names)):
        line = f"from {source} import {', '.join(sorted(names))}"
        if len(line) > WIDTH:
            line = f"from {source} import (\n" + "".join(f"    {name},\n" for name in sorted(names)) + ")"
        yield line
