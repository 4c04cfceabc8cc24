"""Long signatures of the reference, broken as a formatter breaks them.

mkdocstrings starts a formatter for each of them, a process of its own 155 times a build, and sets them in one line where
none is installed. This breaks the one statement that they are.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

INDENT = "    "
QUOTES = re.compile(r"'([^'\"\\]*)'")
PAIRS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


def use_them() -> None:
    """Let mkdocstrings format by this. How it chooses its formatter is not public."""
    from mkdocstrings_handlers.python._internal import rendering

    chosen: Callable[[], Any] = lambda: broken  # noqa: E731
    rendering._get_formatter = chosen  # type: ignore[assignment]


def broken(code: str, line_length: int) -> str:
    """`def name(…) -> …: pass` with its parameters on lines of their own, if it is longer than a line.

    Args:
        code: the definition, on one line.
        line_length: how much fits; the colon and what follows do not count, since they are not shown.
    """
    *lines, result = _opened(QUOTES.sub(r'"\1"', code), "(", line_length)
    return "\n".join([*lines, *_opened(result, "[", line_length)])


def _opened(code: str, bracket: str, line_length: int) -> list[str]:
    """A line, or the lines that it is broken into at its first bracket of a kind, if it is too long."""
    if len(code.removesuffix(": pass")) <= line_length or bracket not in code:
        return [code]
    start = code.index(bracket)
    end = next(at for at, _, depth in _walked(code[start:]) if depth == 0) + start
    parts = list(_parameters(code[start + 1 : end]))
    together = INDENT + ", ".join(parts)
    apart = [f"{INDENT}{part}," for part in parts]
    lines = [together] if len(together) <= line_length and len(parts) > 1 else apart
    return [code[: start + 1], *lines, code[end:]] if parts else [code]


def _parameters(inside: str) -> Iterator[str]:
    last = 0
    for at, sign, depth in _walked(inside):
        if sign == "," and depth == 0:
            yield inside[last:at].strip()
            last = at + 1
    if inside[last:].strip():
        yield inside[last:].strip()


def _walked(code: str) -> Iterator[tuple[int, str, int]]:
    """Each sign of code that is not inside of a string, with how many brackets are open behind it."""
    depth, quote = 0, ""
    for at, sign in enumerate(code):
        if quote:
            quote = "" if sign == quote and code[at - 1] != "\\" else quote
        elif sign in "\"'":
            quote = sign
        else:
            depth += PAIRS.get(sign, 0)
            yield at, sign, depth
