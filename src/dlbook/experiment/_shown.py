"""Numbers and tables as text."""

import math
from collections.abc import Sequence
from functools import partial

from jaxtyping import Float
from torch import Tensor

from dlbook._checking import Number


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as they must be: the first to the left, others right.

    >>> print(table(["", "size"], [["cat", "3"], ["elephant", "300"]]))
              size
    cat          3
    elephant   300
    """
    lines = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells, widths) -> str:
    first = cells[0].ljust(widths[0])
    others = zip(cells[1:], widths[1:], strict=True)
    return "  ".join([first, *(c.rjust(w) for c, w in others)]).rstrip()


def between(low: Number, high: Number) -> str:
    """Both ends, with as many digits as their distance deserves.

    >>> between(1.934, 2.571), between(-0.42, 0.53), between(0.013, 0.4)
    ('1.9 to 2.6', '-0.4 to 0.5', '0.01 to 0.40')
    """
    width = high - low
    if width <= 1e-9 * max(abs(low), abs(high)):  # but for rounding
        width = 0
    digits = -math.floor(math.log10(width)) if width else 1
    digits = max(int(width < 10), digits)
    while digits < 9 and any(_hides(end, digits) for end in (low, high)):
        digits += 1
    return f"{low:.{digits}f} to {high:.{digits}f}"


def _hides(number: float, digits: int) -> bool:
    """Whether it is not 0 but would look like it."""
    return number != 0 and round(number, digits) == 0


def said(value: object) -> str:
    """A number, or the name of a function with what it was given.

    >>> said(16), said(partial(sum, start=3))
    ('16', 'sum(start=3)')
    """
    if isinstance(value, partial):
        given = [f"{name}={each}" for name, each in value.keywords.items()]
        return f"{said(value.func)}({', '.join(given)})"
    return getattr(value, "__name__", str(value))


def mean_and_range(values: Float[Tensor, " n"]) -> tuple[str, str]:
    """The mean, and the least and the most, with as many digits as fit."""
    low, high = float(values.min()), float(values.max())
    ends = between(low, high)
    digits = len(ends.split()[0].partition(".")[2]) or int(abs(high) < 100)
    return f"{float(values.mean()):.{digits}f}", ends
