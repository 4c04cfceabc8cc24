"""Which tests hold which formula: found by reading the tests, without running or importing them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dlbook.book.layout import Book


@dataclass(frozen=True)
class Test:
    """One test function: `path` from the root, its first line, its source with decorators."""

    name: str
    path: str
    line: int
    source: str


def equation_tests(book: Book) -> dict[str, list[Test]]:
    """The tests marked `@pytest.mark.equation("label")`, by label, in order of file and line."""
    found: dict[str, list[Test]] = {}
    for path in sorted(book.tests.rglob("test_*.py")):
        for label, test in _marked(path, book.relative(path), path.stat().st_mtime_ns):
            found.setdefault(label, []).append(test)
    return found


@lru_cache(1000)
def _marked(path: Path, name: str, changed: int) -> tuple[tuple[str, Test], ...]:
    """The marked tests of a file, each with a label; read again only when the file was touched."""
    text = path.read_text("utf8")
    if "pytest.mark.equation" not in text:
        return ()
    functions = _functions(ast.parse(text, str(path)).body)
    return tuple((label, _test(function, text, name)) for function in functions for label in _labels(function))


def _functions(statements: list[ast.stmt]) -> Iterator[ast.FunctionDef]:
    """The functions at the top and in classes, where pytest finds tests."""
    for statement in statements:
        if isinstance(statement, ast.FunctionDef):
            yield statement
        elif isinstance(statement, ast.ClassDef):
            yield from _functions(statement.body)


def _test(function: ast.FunctionDef, text: str, path: str) -> Test:
    first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    source = "\n".join(text.splitlines()[first - 1 : function.end_lineno]) + "\n"
    return Test(function.name, path, first, source)


def _labels(function: ast.FunctionDef) -> Iterator[str]:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.equation":
            yield from (str(argument.value) for argument in decorator.args if isinstance(argument, ast.Constant))
