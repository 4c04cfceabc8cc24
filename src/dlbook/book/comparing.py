"""Is what came out now what was recorded? Words exactly, numbers to the precision shown."""

import re

NUMBER = re.compile(r"(?<![\w.])[-+−]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?(?!\w)")


def same_number(recorded: str, now: str) -> bool:
    """Integers must be equal; a decimal may differ by one unit in its last shown place.

    One unit, because a value on the edge of rounding may fall to either side on another device.
    """
    unit = _last_place(recorded)
    if unit is None or unit != _last_place(now):
        return recorded == now
    return abs(_value(recorded) - _value(now)) <= unit * 1.001


def same_text(recorded: str, now: str, *, numbers: bool = True) -> bool:
    """Compare two outputs line by line; runs of spaces count as one.

    Args:
        recorded: the recorded output.
        now: the output of this run.
        numbers: whether numbers are compared; without, any number stands for any other.
    """
    if recorded == now:
        return True
    left, right = (_normal(text) for text in (recorded, now))
    if NUMBER.sub("#", left) != NUMBER.sub("#", right):
        return False
    pairs = zip(NUMBER.findall(left), NUMBER.findall(right), strict=True)
    return not numbers or all(same_number(a, b) for a, b in pairs)


def _normal(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.rstrip().splitlines())


def _value(number: str) -> float:
    return float(number.replace("−", "-"))


def _last_place(number: str) -> float | None:
    """The worth of one unit in the last shown place: 0.01 for "3.14", None for an integer."""
    mantissa, _, exponent = number.lower().partition("e")
    if "." not in mantissa and not exponent:
        return None
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
