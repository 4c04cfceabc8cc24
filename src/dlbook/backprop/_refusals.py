"""What the small autograds refuse, naming the values met."""

from dlbook._checking import checked_number, is_real


def checked_real(data) -> float:
    """The number, if it is a real one; it may be infinite, as a result is."""
    if not is_real(data):
        raise ValueError(f"here only real numbers fit, got {data!r}")
    return float(data)


def refuse_power(a, n) -> None:
    """Refuse a power without a value or without a slope."""
    checked_number("the power", n)
    if a < 0 and not float(n).is_integer():
        raise ValueError(f"{a} to the power of {n} is no real number")
    if a == 0 and n < 1 and n != 0:
        raise ValueError(f"0 to the power of {n} has no finite slope")
