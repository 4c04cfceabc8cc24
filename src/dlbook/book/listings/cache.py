"""Results of listings, kept between test runs as long as all that they depend on is unchanged."""

import functools
import importlib.metadata
import platform
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from dlbook.book.kept import Kept, content_hash
from dlbook.book.layout import Book
from dlbook.book.listings.includes import Include
from dlbook.book.listings.running import Result

MACHINERY = ("running.py", "opened.py", "figures.py", "includes.py", "dlbook.mplstyle")
IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t]+([A-Za-z_]\w*)", re.M)


@dataclass(frozen=True)
class Cache:
    """The results of one device.

    They are kept by what is known before the run: the code, the versions, the device, this machinery; and by what is known
    only after it: the modules of the package that were imported and the data that was read.
    """

    book: Book
    device: str

    def get(self, steps: Sequence[Include]) -> Result | None:
        """The kept result of the last of these steps, if it still holds."""
        outcome = self._kept.get(*self._parts(steps))
        return Result(**{**outcome, "used": tuple(outcome["used"])}) if outcome else None

    def put(self, steps: Sequence[Include], result: Result) -> None:
        """Keep a result."""
        self._kept.put(*self._parts(steps), outcome=asdict(result), files=map(Path, result.used))

    @property
    def _kept(self) -> Kept:
        return Kept(self.book, "listings")

    def _parts(self, steps: Sequence[Include]) -> tuple[str, ...]:
        code = [part for step in steps for part in (str(step), step.text(self.book))]
        return (*environment(self.book), self.device, *code)


@functools.cache
def environment(book: Book) -> tuple[str, ...]:
    """The versions of all that a result may depend on outside of the book, and of the machinery that runs it."""
    here = Path(__file__).parent
    machinery = [content_hash(here / name) for name in MACHINERY]
    return (platform.python_version(), platform.machine(), *sorted(versions(book)), *machinery)


def versions(book: Book) -> set[str]:
    """Each package that a listing, or the book's own package, imports anywhere, with its version: "torch==2.13.0"."""
    names = set().union(*map(imported, sources(book))) - set(sys.stdlib_module_names)
    own = {path.stem for path in book.source.glob("*")}
    return {f"{package}=={importlib.metadata.version(package)}" for name in names - own for package in _packages(name)}


def _packages(name: str) -> list[str]:
    """The installed packages that hold a module: `sklearn` is in scikit-learn."""
    try:
        return [importlib.metadata.distribution(name).metadata["Name"].lower()]
    except importlib.metadata.PackageNotFoundError:
        return sorted(set(_all_packages().get(name, ())))


@functools.cache
def _all_packages() -> Mapping[str, list[str]]:
    return importlib.metadata.packages_distributions()


def sources(book: Book) -> Iterable[Path]:
    """The code that listings run: their own and that of the package, without this machinery."""
    yield from sorted(book.snippets.rglob("*.py"))
    yield from (file for file in sorted(book.package.rglob("*.py")) if Path(__file__).parents[1] not in file.resolve().parents)


def imported(file: Path) -> set[str]:
    """The packages that a file imports, anywhere in it."""
    return set(IMPORT.findall(file.read_text("utf8")))
