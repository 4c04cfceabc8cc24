"""Includes: what `--8<-- "lrn/train.py:fit"` names, what text it stands for, where it is recorded."""

import functools
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown import Markdown
from pymdownx.snippets import SnippetExtension, SnippetMissingError, SnippetPreprocessor

from dlbook.book.layout import Book

INCLUDE = re.compile(r'^\s*--8<-- "(?P<path>[\w./-]+?)(?::(?P<section>[A-Za-z][\w-]*))?"\s*$')
SEPARATORS = {c: f"U+{ord(c):04X}" for c in "\v\f\x1c\x1d\x1e\x85\u2028\u2029"}  # lines end there for some alone
MARKER = re.compile(r"--8<-- \[(?P<type>start|end):(?P<name>[\w-]+)\]")


@dataclass(frozen=True)
class Include:
    """One include line: a file, or a named section of it."""

    path: str
    section: str | None = None

    @classmethod
    def parse(cls, line: str) -> "Include | None":
        """Read an include line; None if the line is anything else."""
        match = INCLUDE.match(line)
        return cls(match["path"], match["section"]) if match else None

    def __str__(self) -> str:
        return f"{self.path}:{self.section}" if self.section else self.path

    def is_source(self, book: Book) -> bool:
        """Whether it shows the package's own source, to be run in its module's namespace."""
        return self.path.startswith(f"{book.options.source}/")

    def module(self, book: Book) -> str:
        """The dotted name of the module that a source include shows."""
        parts = Path(self.path).relative_to(book.options.source).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def file(self, book: Book) -> Path:
        """The file it names, looked for as the site does: in the folder of the listings, then in the root."""
        return (book.root if self.is_source(book) else book.snippets) / self.path

    def text(self, book: Book) -> str:
        """What the page shows, by pymdownx's own hand.

        Raises:
            FileNotFoundError: there is no such file or section.
        """
        file = self.file(book)
        return _text(self, book, file.stat().st_mtime_ns if file.exists() else 0)

    def in_place(self, book: Book) -> str:
        """The same text with each line at its own line number of the file, for tracebacks."""
        inside, lines = self.section is None, []
        for line in self.file(book).read_text("utf-8-sig").split("\n"):
            marker = MARKER.search(line)
            if marker and marker["name"] == self.section:
                inside = marker["type"] == "start"
            lines.append(line if inside and not marker else "")
        return textwrap.dedent("\n".join(lines)) + "\n"

    def output(self) -> "Include":
        """Where its recorded output stands: `edge.out`, or a section of `train.out`."""
        return Include(str(Path(self.path).with_suffix(".out").as_posix()), self.section)

    def figure(self) -> str:
        """The link of its recorded figure, as a page writes it."""
        stem = Path(self.path).with_suffix("").as_posix()
        return f"figures/{stem}.{self.section}.svg" if self.section else f"figures/{stem}.svg"


@functools.lru_cache(5000)
def _text(include: Include, book: Book, changed: int) -> str:
    try:
        return "\n".join(_preprocessor(book).run([f'--8<-- "{include}"'])) + "\n"
    except SnippetMissingError as error:
        raise FileNotFoundError(f"{include}: {error}") from None


@functools.cache
def _preprocessor(book: Book) -> SnippetPreprocessor:
    options = {"check_paths": True, "dedent_subsections": True, "encoding": "utf-8-sig"}
    extension = SnippetExtension(base_path=[str(book.snippets), str(book.root)], **options)
    return SnippetPreprocessor(extension.getConfigs(), Markdown())


def section_faults(text: str) -> list[tuple[int, str]]:
    """What is wrong with the section markers of a file: (line, fault).

    pymdownx says nothing of these: an unterminated section runs on, of two with one name the first wins.
    """
    opened, seen, faults = {}, set(), []
    for number, line in enumerate(text.split("\n"), 1):
        for marker in MARKER.finditer(line):
            name, starts = marker["name"], marker["type"] == "start"
            if starts and name in seen:
                faults.append((number, f"section {name!r} starts a second time"))
            if not starts and name not in opened:
                faults.append((number, f"section {name!r} ends but never started"))
            if starts:
                seen.add(name)
                opened[name] = number
            else:
                opened.pop(name, None)
    return faults + [(line, f"section {name!r} never ends") for name, line in opened.items()]


def separators(text: str) -> Iterator[tuple[int, str]]:
    """The characters that end a line for Python's `splitlines` and for nothing else here: (line, fault)."""
    for number, line in enumerate(text.split("\n"), 1):
        for character in sorted(set(line) & set(SEPARATORS)):
            yield number, f"holds {SEPARATORS[character]}, which ends a line for some programs only: take it out"
