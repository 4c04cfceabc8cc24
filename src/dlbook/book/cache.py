"""Results kept between test runs, each valid as long as all it depends on is unchanged."""

import dataclasses
import functools
import hashlib
import importlib.metadata
import json
import os
import platform
from collections.abc import Sequence
from pathlib import Path

from dlbook.book.layout import Book
from dlbook.book.listings import Include
from dlbook.book.running import Result, content_hash

PACKAGES = ("torch", "numpy", "matplotlib", "scikit-learn", "pillow", "jaxtyping")
MACHINERY = ("running.py", "figures.py", "listings.py", "dlbook.mplstyle")


@dataclasses.dataclass(frozen=True)
class Cache:
    """A folder with one JSON file per listing and environment.

    The name of a file is a hash of what is known before the run: the code, the versions, the device
    and this machinery. Inside stands what is known only after it: the modules really imported, each
    with the hash of its content. Both must match, as in a compiler's dependency files.
    """

    book: Book
    device: str

    @property
    def folder(self) -> Path:
        return self.book.root / ".cache" / "listings"

    def get(self, steps: Sequence[Include]) -> Result | None:
        """The kept result of the last of these steps, if it still holds."""
        file = self._file(steps)
        if not file.exists():
            return None
        result = Result(**json.loads(file.read_text("utf8")))
        return result if self._holds(result.depends) else None

    def put(self, steps: Sequence[Include], result: Result) -> None:
        """Keep a result."""
        file = self._file(steps)
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{os.getpid()}.new")
        draft.write_text(json.dumps(dataclasses.asdict(result)), "utf8")
        draft.replace(file)

    def _file(self, steps: Sequence[Include]) -> Path:
        code = [part for step in steps for part in (str(step), step.text(self.book))]
        return self.folder / f"{_digest(*environment(), self.device, *code)}.json"

    def _holds(self, depends: dict[str, str]) -> bool:
        files = {self.book.root / name: content for name, content in depends.items()}
        return all(file.exists() and content_hash(file) == content for file, content in files.items())


@functools.cache
def environment() -> tuple[str, ...]:
    """The versions of all that a result may depend on outside the book."""
    here = Path(__file__).parent
    machinery = [content_hash(here / name) for name in MACHINERY]
    return (platform.python_version(), platform.machine(), *map(_version, PACKAGES), *machinery)


def package_digest(book: Book) -> str:
    """The SHA-256 of the whole teaching package, for results that do not know what they import."""
    return _digest(*(content_hash(file) for file in sorted(book.source.glob("*/*.py"))))


def _version(package: str) -> str:
    try:
        return f"{package}=={importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return package


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
