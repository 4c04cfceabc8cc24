"""Reading a page: the elements that the checks compare, and the grammar that a page may use.

The site reads pages with Python-Markdown, and this reads them line by line, so that each element has its line. Two
readers may disagree. So what a page may hold is written down here and short, `grammar.py` refuses the forms outside
of it, and `outline.py` holds what is read here to what the site shows, element by element: neither can fall silent.

A line ends at a line feed, as in Markdown and in Python, and nowhere else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dlbook.book.listings.includes import Include

MARKERS = r"[ \t]*(?:(?:>|[-*+]|\d+[.)])[ \t]+)*"  # of quotations and lists, behind which a block may begin
FENCE = re.compile(r"^(?P<indent>[ \t>]*)(?P<ticks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
FORMULA = re.compile(rf"^(?P<indent>{MARKERS})\$\$(?P<text>.*)$")
HEADING = re.compile(r"^(?P<level>#{1,6})[ \t]+(?P<title>.*?)[ \t]*(?:\{(?P<attributes>[^{}]*)\})?[ \t]*$")
ID = re.compile(r"#([\w:.-]+)")
BOX = re.compile(r'^(?P<indent>\s*)(?:!!!|\?\?\?\+?)\s+(?P<kind>[\w-]+)(?P<more>[\w \t-]*)(?:"(?P<title>[^"]*)")?\s*$')
TAB = re.compile(r'^(?P<indent>\s*)===[!+]?\s+"(?P<title>[^"]*)"\s*$')
ROW = re.compile(r"^\s*\|.*\|\s*$")
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?:\.\./)*(?P<src>[^)\s]+)[^)]*\)")
LABEL = re.compile(r"\\label\{([^}]*)\}")
CODE = re.compile(r"(?<![`\\])(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)", re.S)
INLINE = re.compile(r"(?<![\\$])\$(?!\s)(?P<latex>(?:\\.|[^\\$])+?)(?<!\s)\$(?!\$)", re.S)
FRONT_MATTER = re.compile(r"\A---\n(?:.*\n)*?(?:---|\.\.\.)(?:\n|\Z)")
PYTHON = {"python", "py", "python3", "py3", "python2", "py2", "pyi", "sage", "bazel", "starlark"}  # Pygments' names


@dataclass(frozen=True)
class Element:
    """A piece of a page.

    Attributes:
        kind: "fence", "heading", "equation", "image", "box", "tab", "row" or "prose".
        key: what must be equal in both languages: an id, an include, a formula, a number of cells.
        text: the piece as written.
        line: its first line, from 1.
    """

    kind: str
    key: str
    text: str
    line: int

    @property
    def last_line(self) -> int:
        return self.line + self.text.count("\n")


@dataclass(frozen=True)
class Fence:
    """A code fence: `info` as written after the ticks, `line` that of the opening ticks, `indent` what stands before."""

    info: str
    content: str
    line: int
    indent: str = ""
    ticks: str = "```"

    @property
    def classes(self) -> set[str]:
        """Its words without dots and braces: {"python", "continuation"}."""
        return {word.lstrip(".") for word in re.sub(r'[\w-]+="[^"]*"', "", self.info).strip("{} ").split()}

    @property
    def is_python(self) -> bool:
        """Whether the site sets it as Python."""
        return bool({word.lower() for word in self.classes} & PYTHON)

    @property
    def title(self) -> str | None:
        match = re.search(r'title="([^"]*)"', self.info)
        return match[1] if match else None

    @property
    def includes(self) -> list[Include | None]:
        """One entry per line that is not blank: its include, or None for literal text."""
        return [Include.parse(line) for line in self.content.split("\n") if line.strip()]

    @property
    def include(self) -> Include | None:
        """Its include, if that is all it holds."""
        includes = self.includes
        return includes[0] if len(includes) == 1 else None


def text_of(path: Path) -> str:
    """A page as text: with or without the mark that some editors put in front of it."""
    return path.read_text("utf-8-sig")


def read(path: Path) -> list[Element]:
    """The elements of a page, in order."""
    return list(_read(path, path.stat().st_mtime_ns))


@lru_cache(1000)
def _read(path: Path, changed: int) -> tuple[Element, ...]:
    return tuple(elements(text_of(path)))


def fences(path: Path) -> list[Fence]:
    """The code fences of a page, in boxes, tabs and lists too."""
    return [fence(element) for element in read(path) if element.kind == "fence"]


def elements(text: str) -> Iterator[Element]:
    """Split Markdown into elements."""
    lines = text.split("\n")
    front = FRONT_MATTER.match(text)
    at = front[0].count("\n") if front else 0
    while at < len(lines):
        end = _block_end(lines, at)
        block = "\n".join(lines[at:end])
        if FENCE.match(lines[at]):
            yield Element("fence", block.strip(), block, at + 1)
        elif FORMULA.match(lines[at]):
            yield Element("equation", plain_formula(block), block, at + 1)
        else:
            yield from _line(lines[at], at + 1)
        at = end


def _block_end(lines: list[str], at: int) -> int:
    """The line after the fence or display formula that starts here; the next line if none does."""
    opening = FENCE.match(lines[at])
    if opening:
        closing = end_of(opening)
        return next((i + 1 for i in range(at + 1, len(lines)) if closing.match(lines[i])), len(lines))
    formula = FORMULA.match(lines[at])
    if formula and not (formula["text"].strip() and formula["text"].rstrip().endswith("$$")):
        return next((i + 1 for i in range(at + 1, len(lines)) if lines[i].rstrip().endswith("$$")), len(lines))
    return at + 1


def end_of(opening: re.Match[str]) -> re.Pattern[str]:
    """The line that ends a fence: at least as many ticks, as far in as those that began it."""
    ticks = opening["ticks"]
    return re.compile(rf"^{re.escape(opening['indent'])}{ticks[0]}{{{len(ticks)},}}\s*$")


def _line(line: str, number: int) -> Iterator[Element]:
    for image in IMAGE.finditer(CODE.sub(blank, line)):
        yield Element("image", image["src"], image["alt"], number)
    heading, box = HEADING.match(line), BOX.match(line)
    if heading:
        found = ID.search(heading["attributes"] or "")
        yield Element("heading", f"{len(heading['level'])} {found and found[1]}", heading["title"], number)
    elif box:
        yield Element("box", box["kind"], line, number)
    elif TAB.match(line):
        yield Element("tab", "===", line, number)
    elif ROW.match(line):
        cells = re.sub(r"\\\|", "", CODE.sub(blank, line)).strip().count("|") - 1
        yield Element("row", f"{cells} cells", line, number)
    elif line.strip():
        yield Element("prose", "", IMAGE.sub("", line), number)


def blank(match: re.Match[str]) -> str:
    """As many spaces, so that what stands behind keeps its place."""
    return re.sub(r"[^\n]", " ", match[0])


def masked(text: str) -> str:
    """Prose with its code and its formulas blanked out, character by character."""
    return INLINE.sub(blank, CODE.sub(blank, text))


def plain_formula(latex: str) -> str:
    """A formula without spaces and without the words in it, which each language has its own."""
    return re.sub(r"\s+", "", re.sub(r"\\text\{[^}]*\}", r"\\text{}", latex))


def fence(element: Element) -> Fence:
    """An element of kind "fence", taken apart."""
    first, *rest = element.text.split("\n")
    opening = FENCE.match(first)
    assert opening
    return Fence(opening["info"].strip(), "\n".join(rest[:-1]), element.line, opening["indent"], opening["ticks"])


def label(element: Element) -> str | None:
    """The label of an equation, if it has one."""
    match = LABEL.search(element.text)
    return match[1] if match else None
