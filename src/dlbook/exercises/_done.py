"""Which exercises are done: a list in a file of the reader's own."""

import os
from contextlib import suppress
from pathlib import Path

from dlbook.exercises.listed import Exercise


def place() -> Path:
    """The file; `DLBOOK_HOME` names another folder than `~/.dlbook`."""
    home = os.environ.get("DLBOOK_HOME")
    folder = Path(home) if home else Path.home() / ".dlbook"
    return folder / "exercises_done.txt"


def done() -> set[str]:
    """The keys of the exercises that are done."""
    with suppress(OSError, RuntimeError):
        return set(place().read_text("utf8").split())
    return set()


def mark(asked: Exercise) -> None:
    """Note that an exercise is done, where a file can be written."""
    if asked.key in done():
        return
    with suppress(OSError, RuntimeError):
        file = place()
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf8") as lines:
            lines.write(f"{asked.key}\n")
