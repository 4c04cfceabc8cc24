"""The sheet of symbols: `docs/notation.yml`, each symbol of the book with its one meaning, and the tables written from it.

A letter that must mean two things by the custom of the field stands there with the pages on which each holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from dlbook.book.layout import Book
from dlbook.book.markdown import pages
from dlbook.book.markdown.pages import Element

NAME = "notation"  # the page on which the tables stand
DOT = "·"  # behind a command, where forms are looked for
OTHERS = "others"  # the section of those that mean two things
SPACE = re.compile(r"\\[,;:! ]|\s+")
SIGN = re.compile(r"\\[A-Za-z]+|\\.|\S")
WORDS = re.compile(r"\\(?:text|operatorname\*?|mathrm|begin|end|label)\{[^{}]*\}")  # no symbols, though they have letters
LAST = re.compile(r"(?:'|[_^](?:\{(?:[^{}]|\{[^{}]*\})*\}|\\?[A-Za-z0-9*]+?|.))$")  # what stands behind a symbol, above or below
ACCENT = re.compile(r"^\\(?:bar|hat|tilde)\{([^{}]+)\}$")
AROUND = re.compile(r"\\[lr]Vert|\\operatorname\{[a-z]+\}|\([^()]*\)$")


class SheetError(ValueError):
    """The sheet of symbols cannot be read; the message says where."""


@dataclass(frozen=True)
class Meaning:
    """What a symbol means, in each language, and the pages on which it does; on all others if none is named."""

    said: dict[str, str]
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Symbol:
    """A symbol of the book.

    Attributes:
        latex: as it is written, without what may stand above or below it.
        group: the section in which it is listed.
        meanings: the first is the book's, the others those that the custom of the field forces on it.
        at: the page that defines it, or a section: "losses#mse".
        only: the pages that may use it; any, if empty.
        about: shape and name in code, as the tables show them.
    """

    latex: str
    group: str
    meanings: tuple[Meaning, ...]
    at: str
    only: tuple[str, ...] = ()
    about: tuple[tuple[str, str], ...] = ()

    def on(self, page: str) -> Meaning:
        """What it means on a page."""
        return next((other for other in self.meanings[1:] if page in other.pages), self.meanings[0])

    def is_used_in(self, latex: str) -> bool:
        """Whether a formula has it."""
        own, formula = signs(self.latex), latex if WORDS.search(self.latex) else WORDS.sub(" ", latex)
        return f"\0{own}" in f"\0{signs(formula)}"


@dataclass(frozen=True)
class Forbidden:
    """A form that no page uses: what to write instead, and the pages on which it means something else."""

    form: re.Pattern[str]
    instead: str
    not_on: tuple[str, ...] = ()

    def fault(self, page: str, text: str) -> str:
        """What is wrong with a text of a page; nothing, if it does not have the form."""
        found = self.form.search(text)
        return f"{found[0].replace(DOT, '')!r}: {self.instead}" if found and page not in self.not_on else ""


@dataclass(frozen=True)
class Sheet:
    """All symbols, and the forms that no page uses: in its formulas, in its text."""

    symbols: dict[str, Symbol]
    forbidden: tuple[Forbidden, ...] = ()
    forbidden_words: tuple[Forbidden, ...] = ()

    def find(self, written: str) -> Symbol | None:
        """The entry of a symbol as a page writes it: its own, or that of the symbol without what stands above and below."""
        rest = without_spaces(written)
        while rest and rest not in self.symbols:
            shorter = (AROUND.sub("", rest) or rest, LAST.sub("", rest), ACCENT.sub(r"\1", rest))
            rest = next((one for one in shorter if one != rest), "")
        return self.symbols.get(rest)


def sheet(book: Book) -> Sheet | None:
    """The book's sheet; None if it has none.

    Raises:
        SheetError: an entry lacks something, or stands twice.
    """
    return _read(book.notation, book.languages, book.notation.stat().st_mtime_ns) if book.notation.exists() else None


@lru_cache(20)
def _read(file: Path, languages: tuple[str, ...], changed: int) -> Sheet:
    told = yaml.safe_load(file.read_text("utf8"))
    symbols: dict[str, Symbol] = {}
    for group, entries in told.get("symbols", {}).items():
        for entry in entries:
            if lacking := {"symbol", "at", *languages} - set(entry):
                raise SheetError(f"{entry.get('symbol', entry)} lacks {', '.join(sorted(lacking))}")
            name = without_spaces(entry["symbol"])
            if name in symbols:
                raise SheetError(f"{entry['symbol']} stands twice")
            symbols[name] = _symbol(group, entry, languages)
    return Sheet(symbols, *(_forbidden(told.get(kind, ())) for kind in ("forbidden", "forbidden_words")))


def _forbidden(told: list[dict[str, Any]]) -> tuple[Forbidden, ...]:
    return tuple(Forbidden(re.compile(one["form"]), one["instead"], tuple(one.get("not_on", ()))) for one in told)


def _symbol(group: str, entry: dict[str, Any], languages: tuple[str, ...]) -> Symbol:
    told = [(entry, ()), *((other, tuple(other["pages"])) for other in entry.get("also", ()))]
    meanings = tuple(Meaning({language: one[language] for language in languages}, where) for one, where in told)
    about = tuple((key, str(entry[key])) for key in ("shape", "code", *(f"shape_{language}" for language in languages)) if key in entry)
    return Symbol(entry["symbol"], group, meanings, entry["at"], tuple(entry.get("only", ())), about)


# The formulas of a page and the symbols in its tables


def in_one_piece(latex: str) -> str:
    """A formula without spaces, and with a dot behind each command, within which no letter is looked for."""
    return re.sub(r"(\\[A-Za-z]+)", rf"\1{DOT}", without_spaces(latex))


def signs(latex: str) -> str:
    """A formula as its signs, commands and letters, each ended by a zero: no symbol is found within another."""
    return "".join(f"{sign}\0" for sign in SIGN.findall(SPACE.sub(" ", latex)))


def without_spaces(latex: str) -> str:
    """A formula without the spaces between its signs, those that LaTeX is told included."""
    return SPACE.sub("", latex)


def formulas(elements: list[Element]) -> Iterator[tuple[int, str]]:
    """Each formula of a page, displayed or within a line: its line and its LaTeX."""
    for element in elements:
        if element.kind == "equation":
            yield element.line, element.text
        elif element.kind != "fence":
            text = pages.CODE.sub(pages.blank, element.text)
            yield from ((element.line, found["latex"]) for found in pages.INLINE.finditer(text))


def rows(elements: list[Element], headers: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a page's tables of symbols: the line, and the cells."""
    inside, last = False, -1
    for element in (element for element in elements if element.kind == "row"):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", element.text.strip())[1:-1]]
        if element.line != last + 1:
            inside = cells[0].lower() in headers
        elif inside and set(cells[0]) != {"-"}:
            yield element.line, cells
        last = element.line


def named(cell: str) -> Iterator[str]:
    """The symbols in the first cell of a row: of `$Q = X W_q$` the Q, of `$(i, j)$` both; a number is none."""
    for found in pages.INLINE.finditer(cell):
        latex = without_spaces(found["latex"]).partition("=")[0]
        many = re.fullmatch(r"\(([^()]+)\)", latex)
        for one in many[1].split(",") if many else [latex]:
            if not one.isdigit():
                yield one


# The tables of the page


def with_rows(text: str, tables: dict[str, list[str]]) -> str:
    """A page whose tables, each below the heading with the id of its group, hold these rows."""
    lines: list[str] = []
    group, replacing = "", False
    for line in text.split("\n"):
        heading = pages.HEADING.match(line)
        if heading and (found := pages.ID.search(heading["attributes"] or "")):
            group = found[1]
        replacing = replacing and line.startswith("|")
        if not replacing:
            lines.append(line)
        if line.startswith("| ---") and group in tables:
            lines += tables[group]
            replacing = True
    return "\n".join(lines)


def tables(book: Book, language: str, titles: dict[str, str], comma: str) -> dict[str, list[str]]:
    """The rows of each table of the page, by the section in which it stands."""
    known = sheet(book)
    found: dict[str, list[str]] = {}
    for symbol in known.symbols.values() if known else ():
        about = dict(symbol.about)
        shape = about.get(f"shape_{language}", about.get("shape", ""))
        cells = (f"${symbol.latex}$", symbol.meanings[0].said[language], shape, _link(symbol.at, titles), about.get("code", ""))
        found.setdefault(symbol.group, []).append(_row(cells))
        for other in symbol.meanings[1:]:
            where = comma.join(_link(page, titles) for page in other.pages)
            found.setdefault(OTHERS, []).append(_row((f"${symbol.latex}$", other.said[language], where)))
    return found


def _row(cells: tuple[str, ...]) -> str:
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells)


def _link(at: str, titles: dict[str, str]) -> str:
    page, mark, section = at.partition("#")
    return f"[{titles.get(page, page)}]({page}.md{mark}{section})"
