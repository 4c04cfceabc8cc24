"""Is what came out now what was recorded? Words exactly; numbers exactly too, or to the precision shown.

On a machine of the class that recorded, the text must be the same, character by character. On another, rounding may fall
to the other side: there a decimal with at least three digits may differ by one unit in its last place, all else must be equal.
"""

import re

NUMBER = re.compile(r"(?<![\w.])[-+−]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?(?!\w)")
OPERATION = re.compile(r"\b(\w+)Backward\d+\b")  # torch calls an operation TanhBackward0 in some versions, Tanh in others
DIGITS = 3  # a number with fewer says so little that one unit of its last place would be another statement


def same_number(recorded: str, now: str) -> bool:
    """A decimal of at least three digits may differ by one unit in its last place; any other number must be equal.

    "3" and "3." are whole numbers, and exact. Of "0.12" one unit would be a tenth of it, so it is exact as well.
    """
    unit = _last_place(recorded)
    if unit is not None and unit == _last_place(now) and _value(recorded) == _value(now):
        return True  # the sign of a zero is nobody's statement
    if unit is None or unit != _last_place(now) or min(map(_digits, (recorded, now))) < DIGITS:
        return recorded == now
    return abs(_value(recorded) - _value(now)) <= unit * 1.001


def same_text(recorded: str, now: str, *, numbers: bool = True, exact: bool = False) -> bool:
    """Compare two outputs line by line; runs of spaces count as one.

    Args:
        recorded: the recorded output.
        now: the output of this run.
        numbers: whether numbers are compared; without, any number stands for any other.
        exact: whether numbers must be equal, digit by digit.
    """
    if recorded == now:
        return True
    left, right = (_normal(text if exact else OPERATION.sub(r"\1", text)) for text in (recorded, now))
    if NUMBER.sub("#", left) != NUMBER.sub("#", right):
        return False
    if not numbers:
        return True
    if exact:
        return left == right
    return all(map(same_number, NUMBER.findall(left), NUMBER.findall(right)))


def _normal(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.rstrip().split("\n"))


def _value(number: str) -> float:
    return float(number.replace("−", "-"))


def _digits(number: str) -> int:
    """How many digits carry meaning: 0.012 has two, 1.20 three."""
    return len(re.sub(r"\D", "", number.lower().partition("e")[0]).lstrip("0"))


def _last_place(number: str) -> float | None:
    """The worth of one unit in the last shown place: 0.01 for "3.14", None for a whole number."""
    mantissa, _, exponent = number.lower().partition("e")
    places = len(mantissa.partition(".")[2])
    if not places and not exponent:
        return None
    return 10.0 ** (int(exponent or 0) - places)
