"""Which files a listing reads: Python tells of each that it opens."""

import contextlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

_noting: set[str] | None = None
# What the system and the installed packages read for themselves: the versions stand for it.
SYSTEM = ("/proc", "/sys", "/dev", "/etc", "/usr/lib", "/usr/share/fonts", "/usr/share/zoneinfo", "/usr/local/share/fonts")
CODE = (".py", ".pyc", ".so", ".pyd")


@contextlib.contextmanager
def noted(found: set[str]) -> Iterator[None]:
    """Add to `found` the data files that are opened for reading meanwhile."""
    global _noting
    _listen()
    before, _noting = _noting, found
    try:
        yield
    finally:
        _noting = before


@cache
def _listen() -> None:
    """Begin to hear of opened files; once, since Python knows no way to stop."""
    sys.addaudithook(_heard)


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or _noting is None:
        return
    path, mode, flags = arguments
    if isinstance(path, (str, os.PathLike)) and _reads(mode, flags):
        name = os.path.abspath(os.fspath(path))
        if isinstance(name, str) and is_data(name) and os.path.isfile(name):
            _noting.add(name)


def _reads(mode: str | None, flags: int) -> bool:
    if mode is not None:
        return "r" in mode and "+" not in mode
    return not flags & (os.O_WRONLY | os.O_RDWR)


def is_data(name: str) -> bool:
    """Whether a file is neither code nor something that belongs to the system, to a package or to a cache of theirs."""
    return not name.endswith(CODE) and not name.startswith(_elsewhere())


@cache
def _elsewhere() -> tuple[str, ...]:
    home = Path.home()
    own = (home / ".cache/matplotlib", home / ".config/matplotlib", home / ".matplotlib")
    return (*SYSTEM, sys.prefix, sys.base_prefix, *map(str, own))
