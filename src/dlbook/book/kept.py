"""What was found out before and still holds: the one place that decides whether work may be left undone.

An entry has a name, known before the work (a hash of all that the work is told: code, versions, settings), and the
files that the work turned out to use, each with the hash of its content. It holds while every one of them is what it
was, as in a compiler's dependency files. What else could change the outcome must be part of the name.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dlbook.book.layout import Book


@dataclass(frozen=True)
class Kept:
    """Outcomes of one kind of work, in a folder of the book's cache."""

    book: Book
    kind: str

    @property
    def folder(self) -> Path:
        return self.book.cache / self.kind

    def get(self, *parts: str) -> Any | None:
        """The outcome that was put under these parts, if all files that it used are what they were; else None."""
        try:
            entry = json.loads(self._file(parts).read_text("utf8"))
            holds = all(self._digest(name) == digest for name, digest in entry["files"].items())
            return entry["outcome"] if holds else None
        except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
            return None  # never kept, or damaged

    def put(self, *parts: str, outcome: Any, files: Iterable[Path] = ()) -> None:
        """Keep an outcome (what JSON can hold, and not None), and what it was made from."""
        used = {self._name(file): content_hash(file) for file in files}
        file = self._file(parts)
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{os.getpid()}.new")
        draft.write_text(json.dumps({"files": used, "outcome": outcome}), "utf8")
        draft.replace(file)

    def _file(self, parts: tuple[str, ...]) -> Path:
        return self.folder / f"{digest(*parts)}.json"

    def _name(self, file: Path) -> str:
        file = file.resolve()
        return file.relative_to(self.book.root.resolve()).as_posix() if self._is_ours(file) else str(file)

    def _is_ours(self, file: Path) -> bool:
        return file.is_relative_to(self.book.root.resolve())

    def _digest(self, name: str) -> str | None:
        file = self.book.root / name
        with contextlib.suppress(OSError):
            return content_hash(file)
        return None


def content_hash(file: Path) -> str:
    """The SHA-256 of a file's content; asked again only when the file was touched."""
    state = file.stat()
    return _content_hash(file, state.st_mtime_ns, state.st_size)


@lru_cache(20_000)
def _content_hash(file: Path, changed: int, size: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def digest(*parts: str) -> str:
    """One short hash of some texts."""
    whole = "".join(f"{len(part)}:{part}" for part in parts)  # so that no two lists of texts are one
    return hashlib.sha256(whole.encode("utf8", "surrogatepass")).hexdigest()[:32]


def digest_of(files: Iterable[Path], *words: str) -> str:
    """One short hash of the contents of some files, in this order, and of some words."""
    return digest(*map(content_hash, files), *words)
