"""The machine that recorded. On one of its class an output must be the same to the last digit."""

import functools
import json
import os
import platform
import re
from pathlib import Path

from dlbook.book.layout import Book
from dlbook.book.listings.cache import versions

FILE = "recorded_on.json"
WIDEST = ("avx512f", "avx2", "asimd")  # the instructions that decide how sums are grouped


def unlike(book: Book, device: str) -> list[str]:
    """In what this machine, computing on this device, is unlike the one that recorded; nothing if they are of one class."""
    file = book.snippets / FILE
    if device != "cpu":
        return [f"device {device}"]
    if not file.exists():
        return [f"{book.relative(file)} is not there"]
    here = machine(book)
    return [f"{name} {here.get(name)}, recorded {value}" for name, value in recorded(book).items() if here.get(name) != value]


def recorded(book: Book) -> dict[str, str]:
    """The machine that recorded; nothing if the book does not say."""
    file = book.snippets / FILE
    return dict(json.loads(file.read_text("utf8"))) if file.exists() else {}


def busy() -> str | None:
    """What a machine has to do, if that is more than it has processors: times that it measures now are worth nothing."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0  # Windows has none
    processors = os.cpu_count() or 1
    return f"{load:.1f} things to do on {processors} processors" if load > processors + 0.5 else None


def stamp(book: Book) -> Path:
    """Say that all recordings have been made on a machine like this one."""
    file = book.snippets / FILE
    file.write_text(json.dumps(machine(book), indent=2, sort_keys=True) + "\n", "utf8")
    return file


@functools.cache
def machine(book: Book) -> dict[str, str]:
    """What the digits of an output may depend on: versions, processor, one thread."""
    packages = dict(package.split("==") for package in versions(book))
    return {
        "python": ".".join(platform.python_version_tuple()[:2]),
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "threads": "1",
        **packages,
    }


def _processor() -> str:
    """Its name, generation (some hosts call all of them one name), and the widest of its instructions that matter here."""
    try:
        text = Path("/proc/cpuinfo").read_text("utf8")
    except OSError:
        return platform.processor()
    name = re.search(r"model name\s*:\s*(.*)", text)
    flags = set((re.search(r"(?:flags|Features)\s*:\s*(.*)", text) or ["", ""])[1].split())
    numbers = [re.search(rf"^{key}\s*:\s*(\d+)$", text, re.M) for key in ("cpu family", "model")]
    generation = "".join(f" {number[1]}" for number in numbers if number)
    return f"{name[1] if name else platform.machine()}{generation}, {next((flag for flag in WIDEST if flag in flags), 'no vectors')}"
