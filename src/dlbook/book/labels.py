"""The words in the figures, in each language: a figure is recorded once and drawn with the words of the language that shows it.

`docs/labels.yml` has them; its head explains what stands in it. Only texts are replaced, and the lines of one label centred again; all else of a drawing stays to the letter.
A label that has no entry stays as it is, and so do formulas, which are no plain text.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from dlbook.book.layout import Book
from dlbook.book.lines import centred

TEXT = re.compile(r"(?P<start><text\b[^>]*>)(?P<label>[^<]+)(?=</text>)")
PLACE = "{}"  # of a number in an entry
NUMBER = r"(\d[\d,.]*\d|\d)"
Entry = tuple[str, str]  # the figure in which it holds, or nothing for all; the label as it is written there
Said = str | list[str]


@dataclass(frozen=True)
class Labels:
    """The table of one language.

    Attributes:
        said: of each entry, its words.
        stays: the patterns of labels that are the same in all languages, in one figure or, under "", in all.
    """

    said: dict[Entry, Said] = field(default_factory=dict)
    stays: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def _patterns(self) -> dict[str, list[tuple[re.Pattern[str], Entry]]]:
        found: dict[str, list[tuple[re.Pattern[str], Entry]]] = {}
        for entry in self.said:
            if PLACE in entry[1]:
                written = re.escape(entry[1]).replace(re.escape(PLACE), NUMBER)
                found.setdefault(entry[0], []).append((re.compile(written), entry))
        return found

    def entry(self, figure: str, label: str) -> Entry | None:
        """The entry of a label in a figure; that of the figure before that of all."""
        for where in (figure, ""):
            if (where, label) in self.said:
                return where, label
            for pattern, entry in self._patterns.get(where, []):
                if pattern.fullmatch(label):
                    return entry
            if where and self.kept(figure, label):
                return None
        return None

    def kept(self, figure: str, label: str) -> str | None:
        """The pattern by which a label of a figure stays as it is."""
        return next((pattern for pattern in self.stays.get(figure, []) if re.fullmatch(pattern, label)), None)

    def words(self, figure: str, label: str, time: int = 0) -> str:
        """What a label says in this language, where it stands in the figure for the so-manieth time."""
        entry = self.entry(figure, label)
        if entry is None:
            return label
        said = self.said[entry]
        said = said if isinstance(said, str) else said[min(time, len(said) - 1)]
        return said.format(*_numbers(entry[1], label)) if PLACE in entry[1] else said


def _numbers(entry: str, label: str) -> tuple[str, ...]:
    found = re.fullmatch(re.escape(entry).replace(re.escape(PLACE), NUMBER), label)
    return found.groups() if found else ()


def labels(book: Book, language: str) -> Labels:
    """The table of a language; an empty one if the book has none."""
    return _read(book.labels, language, book.labels.stat().st_mtime_ns) if book.labels.exists() else Labels()


@lru_cache(20)
def _read(file: Path, language: str, changed: int) -> Labels:
    table: dict[str, Any] = yaml.safe_load(file.read_text("utf8")) or {}
    own = table.get(language) or {}
    places = {"": own.get("words") or {}, **(own.get("figures") or {})}
    said = {(figure, str(label)): words for figure, entries in places.items() for label, words in entries.items()}
    return Labels(said, {"": table.get("stays") or [], **(table.get("stays_in") or {})})


def in_figure(drawing: str) -> list[str]:
    """The labels of a drawing, in order."""
    return [html.unescape(text["label"]) for text in TEXT.finditer(drawing)]


def drawn(drawing: str, figure: str, table: Labels) -> str:
    """A drawing with the words of a language.

    Args:
        drawing: the SVG as recorded.
        figure: its name, "lrn/edge".
        table: of the language.
    """
    times: Counter[str] = Counter()

    def replaced(text: re.Match[str]) -> str:
        label = html.unescape(text["label"])
        words = table.words(figure, label, times[label])
        times[label] += 1
        return text[0] if words == label else text["start"] + html.escape(words, quote=False)

    return centred(drawing, TEXT.sub(replaced, drawing))


def name_of(book: Book, file: Path) -> str:
    """The name of a figure by its file."""
    return file.relative_to(book.figures).with_suffix("").as_posix()


def read(book: Book, file: Path, language: str) -> str:
    """A recorded figure as the pages of a language show it."""
    return drawn(file.read_text("utf8"), name_of(book, file), labels(book, language))


def others(book: Book, language: str) -> Iterator[tuple[Path, str]]:
    """The figures that look other in a language than they were recorded: file and drawing."""
    for file in sorted(book.figures.rglob("*.svg")) if labels(book, language).said else []:
        if (made := read(book, file, language)) != file.read_text("utf8"):
            yield file, made
