"""Checks of the exercises of the chapter Autograd."""

from collections.abc import Callable
from typing import Any

from dlbook.backprop.value import Value
from dlbook.exercises._forms import Findings, close, hand, holds

check_ahead = hand(
    ("f", 6, {5: "The two factors are multiplied, not added."}),
    ("its slope", 12, {
        7: "b grows by 2: so does b + 1, and a + b by 3.",
        9: "a grows by 1 and b by 2, not the other way round.",
        6: "A product changes with both factors, each times the other: add.",
        15: "1 does not grow: b + 1 grows as b does.",
    }),
)


def check_maximum(maximum: Callable[[Value, Value], Value]) -> Findings:
    """A maximum for Value."""
    for pair in (2.0, 3.0), (-1.0, -4.0):
        yield from _routed(maximum, *pair)
    a, b = Value(3.0), Value(3.0)
    maximum(a, b).backward()
    yield close(
        "at a tie the two slopes sum to 1", a.grad + b.grad, 1.0,
        {"both get all of it": 2.0, "neither gets any": 0.0},
    )
    x = Value(2.0)
    (maximum(x * x, x + 1) * x).backward()
    yield close(
        "in a chain its slope is multiplied by what comes from above",
        x.grad, 12.0,
    )


def _routed(
    maximum: Callable[[Value, Value], Value], a: float, b: float,
) -> Findings:
    """What comes ahead, and what goes back to each of the two."""
    x, y = Value(a), Value(b)
    result = maximum(x, y)
    yield holds(
        "it gives a Value", isinstance(result, Value), f"Met {result!r}.",
    )
    yield close(
        f"of {a:g} and {b:g} it is the larger", result.data, max(a, b),
        {"it is the smaller": min(a, b)},
    )
    result.backward()
    first = float(a > b)
    yield close(
        f"of {a:g} and {b:g} the larger has slope 1, the other 0",
        [x.grad, y.grad], [first, 1 - first],
        {
            "both get all of it": [1.0, 1.0],
            "each gets half, and not only at a tie": [0.5, 0.5],
            "it is handed to the smaller": [1 - first, first],
            "the new value has no parents, so nothing comes back": [0.0, 0.0],
        },
    )


def check_again(value: Any, slope: Callable[[Any, Any], Any]) -> Findings:
    """A Value that can be differentiated again."""
    x = value(2.0)
    first = slope(x * x * x * x, x)
    yield holds(
        "a slope is a Value", isinstance(first, value),
        f"Met {first!r}: a plain number has no history.",
    )
    yield close("the slope of x⁴ at 2 is 4 · 2³", first.data, 32.0)
    second = slope(first, x)
    yield close(
        "its slope is 12 · 2²", second.data, 48.0,
        {
            "the first slope is made of plain numbers, without a history": 0.0,
            "it is the first slope again": 32.0,
            "it is added to the first slope": 80.0,
        },
    )
    third = slope(second, x).data
    yield close("the slope of that is 24 · 2", third, 48.0)
    yield from _of_two(value, slope)


def _of_two(value: Any, slope: Callable[[Any, Any], Any]) -> Findings:
    """Slopes of x²y + xy at x = 2, y = 3."""
    x, y = value(2.0), value(3.0)
    by_x = slope(x * x * y + x * y, x)
    yield close(
        "x²y + xy at 2 and 3 has by x the slope 2xy + y", by_x.data, 15.0,
        {
            "each factor gets itself, and not the other": 18.0,
            "one of the ways to x is lost": 12.0,
        },
    )
    yield close("and that has by y the slope 2x + 1", slope(by_x, y).data, 5.0)
