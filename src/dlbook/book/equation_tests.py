"""Which tests hold which formula: found by reading the tests, without running or importing them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Test:
    """One test function: `path` from the root, its first line, its source with decorators."""

    name: str
    path: str
    line: int
    source: str


def equation_tests(root: Path) -> dict[str, list[Test]]:
    """The tests marked `@pytest.mark.equation("label")`, by label, in order of file and line."""
    found: dict[str, list[Test]] = {}
    for path in sorted((root / "tests").rglob("test_*.py")):
        text = path.read_text("utf8")
        for function in ast.walk(ast.parse(text, str(path))):
            if isinstance(function, ast.FunctionDef):
                test = _test(function, text, path.relative_to(root).as_posix())
                for label in _labels(function):
                    found.setdefault(label, []).append(test)
    return found


def _test(function: ast.FunctionDef, text: str, path: str) -> Test:
    first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    source = "\n".join(text.splitlines()[first - 1 : function.end_lineno]) + "\n"
    return Test(function.name, path, first, source)


def _labels(function: ast.FunctionDef) -> Iterator[str]:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.equation":
            yield from (str(argument.value) for argument in decorator.args if isinstance(argument, ast.Constant))
