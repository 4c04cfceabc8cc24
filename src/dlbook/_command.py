"""The command `dlbook`: each of its commands loads what it needs."""

import sys
from functools import cache
from typing import Any

from dlbook import __version__
from dlbook.exercises import _command as exercises


def main(arguments: list[str] | None = None) -> None:
    """Run the command; without arguments, with those of the process."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        print(f"dlbook {__version__}")
    elif given and given[0] in dict(exercises.commands()):
        exercises.main(given)
    else:
        _all_commands().main(given)


@cache
def _all_commands() -> Any:
    """Those that train, and so load torch, with the others beside them."""
    from dlbook.training import command as training

    for name, function in exercises.commands():
        training.app.command(name)(function)
    return training
