"""How much longer than written comparisons run.

The long check runs each comparison of the book again with four times the
steps, by the environment variable `DLBOOK_BUDGET`. It is read here only.
"""

import os

from dlbook._checking import checked_number


def budget(said: object = None) -> float:
    """By what the steps of a comparison are multiplied.

    As it is asked for; else `DLBOOK_BUDGET`; else 1.

    Raises:
        ValueError: if it is not a finite number above 0.
    """
    if said is not None:
        return checked_number("budget", said, above=0)
    text = os.environ.get("DLBOOK_BUDGET", "1")
    try:
        number: object = float(text)
    except ValueError:
        number = text
    return checked_number("DLBOOK_BUDGET", number, above=0)
