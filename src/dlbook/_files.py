"""Files that are there whole, or still as they were before."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write what is to become the file `path`.

    It takes that name when all is on the disk. If anything fails on the way,
    the old file stays and the new one goes.
    """
    coming = path.with_name(f".coming-{os.getpid()}-{path.name}")
    try:
        yield coming
        forced_to_disk(coming)
        os.replace(coming, path)
    finally:
        coming.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text: the whole of it, or the old one stays."""
    with whole(path) as coming:
        coming.write_text(text, "utf8", newline="\n")


def forced_to_disk(path: Path) -> None:
    """Wait until what was written to a file is on the disk.

    Of a folder: until the names in it are, where the system can say so.
    """
    if path.is_dir() and os.name != "posix":
        return
    file = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(file)
    finally:
        os.close(file)
