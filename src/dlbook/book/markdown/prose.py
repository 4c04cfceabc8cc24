"""The words of a page, without code, formulas and links: their numbers and their terms."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from dlbook.book.layout import Book
from dlbook.book.markdown import pages
from dlbook.book.markdown.pages import Element

QUOTED = re.compile(r"\[[^\]]*\]\((?:#|https?:)[^)]*\)|<[^>]+>|\{[^}]*\}")
NUMBER = re.compile(r"(?<![A-Za-z0-9_.,#/-])\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
SIGNIFICANT = 3
NONE = "–"  # in a cell that has nothing to say


@dataclass(frozen=True)
class Paragraph:
    """Lines of prose that stand together, and the line of the first."""

    text: str
    line: int

    def numbers(self) -> list[str]:
        """Its numbers of three or more significant digits."""
        found = (normal(match) for match in NUMBER.findall(QUOTED.sub(" ", pages.masked(self.text))))
        return [number for number in found if significant_digits(number) >= SIGNIFICANT]


@dataclass(frozen=True)
class Term:
    """A term where it is defined: its text in lower case, the id of its section, its line."""

    text: str
    section: str
    line: int


def normal(number: str) -> str:
    """One way to write a number: no thousands separators."""
    return number.replace(",", "").rstrip(".")


def significant_digits(number: str) -> int:
    """How many digits carry meaning: 61706 has five, 0.25 two, 1000 one."""
    digits = number.partition("e")[0]
    digits = digits.replace(".", "").lstrip("0") if "." in digits else digits.strip("0")
    return len(digits)


def numbers(text: str) -> set[str]:
    """All numbers of an output."""
    return {normal(match) for match in re.findall(r"\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?", text)}


def paragraphs(path: Path) -> list[Paragraph]:
    """The prose of a page, table rows, headings and alt texts included."""
    return paragraphs_of(pages.read(path))


def paragraphs_of(elements: Iterable[Element]) -> list[Paragraph]:
    """The same, of elements: neighbouring lines of prose are one paragraph, all else that has words is one alone."""
    found: list[Paragraph] = []
    last = -1
    for element in elements:
        if element.kind in ("fence", "equation", "tab"):
            continue
        if element.kind == "prose" and element.line == last + 1 and found:
            found[-1] = Paragraph(f"{found[-1].text}\n{element.text}", found[-1].line)
        else:
            found.append(Paragraph(element.text, element.line))
        last = element.line if element.kind == "prose" else -1
    return found


def plain(path: Path, section: str | None = None) -> str:
    """All words of a page, without code, formulas and targets of links, and without the sources, whose titles are not ours.

    Args:
        path: the page.
        section: the id of a section of the second level, if the words of this one are asked for; "" is what stands before all.
    """
    own = [text for text, within in _within_sections(path) if within != "sources" and section in (None, within)]
    return "\n".join(re.sub(r"(?<=\])\([^)]*\)", " ", pages.masked(text)) for text in own)


def _within_sections(path: Path) -> list[tuple[str, str]]:
    """The paragraphs of a page, each with the id of the section of the second level in which it stands."""
    heads = [(0, ""), *((e.line, e.key[2:]) for e in pages.read(path) if e.kind == "heading" and e.key.startswith("2 "))]
    return [(one.text, max(head for head in heads if head[0] <= one.line)[1]) for one in paragraphs(path)]


def says(text: str, name: str) -> bool:
    """Whether a text, as `plain` gives it, says a name: a whole word, also in the plural, where it has letters; in any case."""
    pattern = re.escape(name.lower())
    if name[0].isascii():
        pattern = rf"(?<![a-z]){pattern}"
    if name[-1].isascii():
        pattern = rf"{pattern}s?(?![a-z])"
    return re.search(pattern, text.lower()) is not None


def names(cell: str) -> list[str]:
    """The names in a cell of the glossary's second table."""
    return [name for part in re.split("[,，、;；]", cell) if (name := part.strip()) and name != NONE]


def terms(path: Path) -> list[Term]:
    """The terms that a page defines: what is bold."""
    found, section = [], ""
    for element in pages.read(path):
        if element.kind == "heading" and element.key.startswith("2 "):
            section = element.key[2:]
        if element.kind in ("prose", "row"):
            found += [Term(text.lower(), section, element.line) for text in BOLD.findall(element.text)]
    return found


def glossary(book: Book) -> list[list[str]]:
    """The rows of the glossary: the term in each language, in lower case."""
    rows = glossary_tables(book, book.first)[:1]
    return [[cell.lower() for cell in cells[: len(book.languages)]] for table in rows for _, cells in table]


def glossary_tables(book: Book, language: str) -> list[list[tuple[int, list[str]]]]:
    """The tables of the glossary, each a list of rows: (line, cells). The first has the terms, the second other names."""
    path = book.docs / language / "glossary.md"
    found: list[list[tuple[int, list[str]]]] = []
    last = -1
    for row in (element for element in pages.read(path) if element.kind == "row") if path.exists() else []:
        if row.line != last + 1:
            found.append([])
        last = row.line
        found[-1].append((row.line, [cell.strip() for cell in row.text.strip().strip("|").split("|")]))
    return [table[2:] for table in found]


def other_names(book: Book) -> dict[str, list[str]]:
    """What a reader may call a thing that the book calls otherwise: from each other name to the book's, one in each language."""
    found: dict[str, list[str]] = {}
    for name, term in [*second_names(book), *asked(book)]:
        if term not in found.setdefault(name, []):
            found[name].append(term)
    return found


def second_names(book: Book) -> Iterator[tuple[str, str]]:
    """The second names of all languages, each with its term."""
    for language in book.languages:
        for _, cells in next(iter(glossary_tables(book, language)[1:]), []):
            yield from ((name, cells[0]) for name in names(cells[-1]))


def asked(book: Book) -> list[tuple[str, str]]:
    """What readers type who mean a term, and the term: see `docs/asked.yml`."""
    entries = yaml.safe_load(book.asked.read_text("utf8")) if book.asked.exists() else {}
    return [(str(name), term) for term, typed in (entries or {}).items() for name in typed]


def defining_pages(book: Book) -> dict[str, str]:
    """From each term of the glossary, in every language, to the address of the page that defines it."""
    found: dict[str, str] = {}
    for table in glossary_tables(book, book.first)[:1]:
        for _, cells in table:
            page = re.search(r"\(([\w/]+)\.md\)", cells[-1])
            found |= dict.fromkeys(cells[: len(book.languages)], f"{page[1]}/") if page else {}
    return found
