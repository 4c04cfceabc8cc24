"""Reading a page: its Markdown, line by line, as the elements that the checks compare."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dlbook.book.listings import Include

FENCE = re.compile(r"^(?P<indent>[ \t>]*)(?P<ticks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
HEADING = re.compile(r"^(?P<level>#{1,6})\s+(?P<title>.*?)\s*(?:\{\s*#(?P<id>[\w-]+)[^}]*\})?\s*$")
BOX = re.compile(r"^\s*(?:!!!|\?\?\?\+?)\s+(?P<kind>\w+)")
TAB = re.compile(r"^\s*===\s")
ROW = re.compile(r"^\s*\|.*\|\s*$")
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?:\.\./)*(?P<src>[^)\s]+)[^)]*\)")
LABEL = re.compile(r"\\label\{([^}]*)\}")


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


@dataclass(frozen=True)
class Fence:
    """A code fence: `info` as written after the ticks, `line` that of the opening ticks."""

    info: str
    content: str
    line: int

    @property
    def classes(self) -> set[str]:
        """Its words without dots and braces: {"python", "continuation"}."""
        return {word.lstrip(".") for word in re.sub(r'\w+="[^"]*"', "", self.info).strip("{} ").split()}

    @property
    def is_python(self) -> bool:
        return bool(self.classes & {"python", "py", "python3"})

    @property
    def title(self) -> str | None:
        match = re.search(r'title="([^"]*)"', self.info)
        return match[1] if match else None

    @property
    def includes(self) -> list[Include | None]:
        """One entry per line that is not blank: its include, or None for literal text."""
        return [Include.parse(line) for line in self.content.splitlines() if line.strip()]

    @property
    def include(self) -> Include | None:
        """Its include, if that is all it holds."""
        includes = self.includes
        return includes[0] if len(includes) == 1 else None


def read(path: Path) -> list[Element]:
    """The elements of a page, in order."""
    return list(elements(path.read_text("utf8")))


def fences(path: Path) -> list[Fence]:
    """The code fences of a page, in boxes, tabs and lists too."""
    return [fence(element) for element in read(path) if element.kind == "fence"]


def elements(text: str) -> Iterator[Element]:
    """Split Markdown into elements."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        end = _block_end(lines, at)
        block = "\n".join(lines[at:end])
        if FENCE.match(lines[at]):
            yield Element("fence", block.strip(), block, at + 1)
        elif end > at + 1 or lines[at].strip().startswith("$$"):
            yield Element("equation", _formula(block), block, at + 1)
        else:
            yield from _line(lines[at], at + 1)
        at = end


def _block_end(lines: list[str], at: int) -> int:
    """The line after the fence or display formula that starts here; the next line if none does."""
    opening = FENCE.match(lines[at])
    if opening:
        closing = re.compile(rf"^[ \t>]*{opening['ticks'][0]}{{{len(opening['ticks'])},}}\s*$")
        return next((i + 1 for i in range(at + 1, len(lines)) if closing.match(lines[i])), len(lines))
    line = lines[at].strip()
    if line.startswith("$$") and not (len(line) > 3 and line.endswith("$$")):
        return next((i + 1 for i in range(at + 1, len(lines)) if lines[i].rstrip().endswith("$$")), len(lines))
    return at + 1


def _line(line: str, number: int) -> Iterator[Element]:
    for image in IMAGE.finditer(line):
        yield Element("image", image["src"], image["alt"], number)
    heading, box = HEADING.match(line), BOX.match(line)
    if heading:
        yield Element("heading", f"{len(heading['level'])} {heading['id']}", heading["title"], number)
    elif box:
        yield Element("box", box["kind"], line, number)
    elif TAB.match(line):
        yield Element("tab", "===", line, number)
    elif ROW.match(line):
        yield Element("row", f"{line.strip().count('|') - 1} cells", line, number)
    elif line.strip():
        yield Element("prose", "", IMAGE.sub("", line), number)


def _formula(block: str) -> str:
    """A formula without spaces and without the words in it, which each language has its own."""
    return re.sub(r"\s+", "", re.sub(r"\\text\{[^}]*\}", r"\\text{}", block))


def fence(element: Element) -> Fence:
    """An element of kind "fence", taken apart."""
    first, *rest = element.text.splitlines()
    opening = FENCE.match(first)
    assert opening
    return Fence(opening["info"].strip(), "\n".join(rest[:-1]), element.line)


def label(element: Element) -> str | None:
    """The label of an equation, if it has one."""
    match = LABEL.search(element.text)
    return match[1] if match else None
