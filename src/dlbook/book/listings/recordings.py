"""What is checked in beside a listing: its output and its figure. Read, compare, rewrite."""

import re
from dataclasses import dataclass
from pathlib import Path

from dlbook.book.layout import Book
from dlbook.book.listings import figures
from dlbook.book.listings.comparing import same_text
from dlbook.book.listings.includes import Include
from dlbook.book.listings.running import Result


@dataclass(frozen=True)
class Recording:
    """The recorded output and figure of one listing, or of one step of it."""

    book: Book
    include: Include

    @property
    def text_file(self) -> Path:
        return self.book.snippets / self.include.output().path

    @property
    def figure_file(self) -> Path:
        return self.book.theme / self.include.figure()

    @property
    def text(self) -> str:
        """The recorded output, empty if there is none."""
        whole = _read(self.text_file)
        match = self._section().search(whole)
        return whole if self.include.section is None else match["text"] if match else ""

    def differences(self, result: Result, *, timed: bool = False, exact: bool = False) -> list[str]:
        """Say how a result differs from what is recorded; nothing if it does not.

        Args:
            result: what the listing did now.
            timed: the listing measures time, so numbers and positions are not compared.
            exact: this machine is of the class that recorded, so every digit must be the same.
        """
        found = []
        if not same_text(self.text, result.text, numbers=not timed, exact=exact):
            found.append(self._stale(self.text_file, self.text, result.text))
        recorded = _read(self.figure_file)
        if bool(recorded) != bool(result.figure):
            found.append(
                f"stale {self._name(self.figure_file)}: {'no figure is' if recorded else 'a figure is'} drawn now"
            )
        elif recorded and result.figure:
            moved = figures.difference(recorded, result.figure, numbers=not timed)
            found += [f"stale {self._name(self.figure_file)}: {moved}"] if moved else []
        return found

    def write(self, result: Result, *, timed: bool = False) -> list[Path]:
        """Record a result: rewrite the files that are stale, and no others. Returns those."""
        written = []
        if self.text != result.text and (not timed or self.differences(result, timed=True)):
            written.append(self._write_text(result.text))
        recorded, now = _read(self.figure_file), result.figure or ""
        if bool(recorded) != bool(now) or (now and figures.difference(recorded, now, numbers=not timed)):
            written.append(_write(self.figure_file, now))
        return written

    def _write_text(self, text: str) -> Path:
        name = self.include.section
        if name is None:
            return _write(self.text_file, text)
        whole = _read(self.text_file)
        section = f"# --8<-- [start:{name}]\n{text}# --8<-- [end:{name}]\n" if text else ""
        old = self._section().search(whole)
        return _write(self.text_file, whole.replace(old[0], section) if old else whole + section)

    def _section(self) -> re.Pattern[str]:
        name = self.include.section
        return re.compile(rf"# --8<-- \[start:{name}\]\n(?P<text>.*?)# --8<-- \[end:{name}\]\n", re.S)

    def _stale(self, file: Path, recorded: str, now: str) -> str:
        return f"stale {self._name(file)}\n--- recorded\n{recorded}--- now\n{now}---"

    def _name(self, file: Path) -> str:
        return self.book.relative(file)


def _read(file: Path) -> str:
    return file.read_text("utf8") if file.exists() else ""


def _write(file: Path, text: str) -> Path:
    """Write a recording whole or not at all; an empty one is removed."""
    if not text:
        file.unlink(missing_ok=True)
        return file
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(file.name + ".new")
    draft.write_text(text, "utf8", newline="\n")
    draft.replace(file)
    return file
