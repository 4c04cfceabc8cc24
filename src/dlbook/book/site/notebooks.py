"""A chapter as a Jupyter notebook: prose, listings and their recorded outputs, ready to run and change.

Each listing is a cell, and so is each piece of the package's source, with the imports that it needs; what stands between
two of them is a cell of Markdown that Jupyter knows. Code, formulas and the indentation of lists go over as they are
written; the site's own marks go: boxes, attributes, figures that a cell draws. What is folded on the page is folded here,
and a link to a place of the page leads to that place of the notebook.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from nbformat import NotebookNode, from_dict

from dlbook.book import captions, exercises, labels, phrases
from dlbook.book.layout import LABS, Book
from dlbook.book.listings.copies import with_imports
from dlbook.book.listings.recordings import Recording
from dlbook.book.markdown import pages
from dlbook.book.markdown.chapter_map import MAP
from dlbook.book.markdown.credits import credit
from dlbook.book.markdown.pages import BOX, LABEL, TAB, Element, Fence
from dlbook.book.works import shown_on

ATTRIBUTES = re.compile(r"[ \t]*\{[ \t]*(?:[#.:][^{}]*|[\w-]+=[^{}]*)\}")
LINK = re.compile(r'(?<!!)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)(?P<title>\s+"[^"]*")?\)')
SETUP_CODE = """import importlib.util

if importlib.util.find_spec("{package}") is None:
    %pip install -q "{package} @ {install}\""""
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
RAISES = "raises-exception"  # Jupyter goes on after a cell with this tag
SETUP, SOURCE, SOLUTION, EXERCISE = "setup", "source", "solution", "exercise"  # tags that say what a cell is
OUTPUT = "output"  # the fold that holds what the listing above it gives: the reader guesses first
HIDDEN = {kind: {"source_hidden": True} for kind in ("code", "source", "check")}  # by the fold
HIDDEN[SOLUTION] = {"source_hidden": True, "outputs_hidden": True}
FOLD = re.compile(r"\s*\?\?\?\s")
PLACE = re.compile(r"#([\w.:-]+)")
INDENT = 4  # how much further in the content of a box stands


class NotebookError(ValueError):
    """A page cannot be made a notebook; the message names page and line."""


def notebook(book: Book, language: str, page: Path, *, site_url: str, install: str = "") -> NotebookNode:
    """The notebook of one page.

    Args:
        book: the book.
        language: one of the book's.
        page: the page, relative to the folder of its language.
        site_url: the address of the page, to which links are made absolute.
        install: where pip gets the package, for hosts that lack it. A first cell says what the notebook needs, a second
            installs it.

    Raises:
        NotebookError: the page holds a listing that is no include, or refers to a formula that it does not have.
    """
    maker = _Maker(book, book.docs / language / page, site_url, language)
    cells = maker.cells()
    if install and book.options.package:
        words = phrases.of(language)["notebook"].format(title=maker.title, address=site_url, package=book.options.package)
        setup = SETUP_CODE.format(package=book.options.package, install=install)
        cells = [prose_cell(words), code_cell(setup, metadata={"tags": [SETUP]}), *cells]
    return together([*cells, *_credits(book, language, page, site_url)])


def _credits(book: Book, language: str, page: Path, site_url: str) -> list[NotebookNode]:
    """Whose the works of others are that the listings load, as the page says at its end."""
    reuse = urljoin(site_url, "../" * len(page.parts) + "reuse/")
    text = credit(shown_on(book, book.docs / language / page), language, reuse)
    return [prose_cell(text)] if text else []


def chapters(book: Book, language: str) -> list[Path]:
    """The pages that have anything to run: they are offered as notebooks."""
    return [
        page
        for page in book.pages(language)
        if page.parent.name in ("", LABS)
        and page.stem != "index"
        and any(listing(book, element) for element in pages.read(book.docs / language / page))
    ]


def listing(book: Book, element: Element) -> Fence | None:
    """The listing that becomes a cell with its recorded output."""
    fence = pages.fence(element) if element.kind == "fence" else None
    return fence if fence and fence.is_python and fence.include and not fence.include.is_source(book) else None


def folded_outputs(book: Book, elements: list[Element]) -> dict[int, str]:
    """By the line of each listing whose output is folded: the title of the fold."""
    found = {}
    for element, below in pairwise(elements):
        box = BOX.match(below.text.split("\n")[0]) if below.kind == "box" and below.key == OUTPUT else None
        if box and listing(book, element):
            found[element.line] = box["title"] or OUTPUT
    return found


def source(book: Book, element: Element) -> Fence | None:
    """A piece of the package's source that becomes a cell too: it can be changed and run.

    What stands in a class is none: as a cell, the method `sum` would take the place of Python's own.
    """
    fence = pages.fence(element) if element.kind == "fence" else None
    if not (fence and fence.is_python and fence.include and fence.include.is_source(book)):
        return None
    own, whole = (_defined(text) for text in (fence.include.text(book), fence.include.file(book).read_text("utf8")))
    return fence if own <= whole else None


def _defined(code: str) -> set[str]:
    """The functions and classes that code defines at its top."""
    return {node.name for node in ast.parse(code).body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


@dataclass
class _Maker:
    """Goes through a page once and collects its cells."""

    book: Book
    path: Path
    site_url: str
    language: str

    def cells(self) -> list[NotebookNode]:
        elements = pages.read(self.path)
        self.numbers = {name: n for n, name in enumerate(filter(None, map(pages.label, elements)), 1)}
        self.places = {*(f"eq-{name}" for name in self.numbers), *_places(elements)}
        self.title = next((element.text for element in elements if element.kind == "heading"), self.path.stem)
        self.guessed = folded_outputs(self.book, elements)
        self.said = {image.key: line for image, line in self._captions(elements)}
        self.done: list[NotebookNode] = []
        self.lines: list[str] = []
        self.inside = [0]  # how far in the content of each open box stands
        self.folds: list[_Fold] = []  # those around the place, the innermost last
        page = self.path.relative_to(self.book.docs / self.language)
        asked = {exercise.told: (exercise, entry) for exercise, entry in exercises.checked(self.book, page, elements)}
        last = 0
        for element in elements:
            if element.line > last + 1:
                self.lines.append("")
            self._leave_boxes(element)
            if element.line in asked:
                self._ask(page, *asked[element.line])
            self._add(element)
            last = element.last_line
        self._end_of_prose()
        return self.done

    def _ask(self, page: Path, exercise: exercises.Exercise, entry: dict[str, Any]) -> None:
        """A cell for an answer to an exercise, above its hint."""
        self._end_of_prose()
        code = exercises.cell(self.book.options.package, page.stem, exercise.number, entry, self.language)
        self.done.append(code_cell(code, metadata={"tags": [EXERCISE]}))
        if exercise.in_box:
            self.inside.append(INDENT)  # the item goes on behind the cell

    def _leave_boxes(self, element: Element) -> None:
        while element.kind != "image" and self._indent(element) < self.inside[-1]:
            left = self.inside.pop()
            if self.folds and self.folds[-1].inside == left:
                self._close_fold()
                self.folds.pop()

    def _indent(self, element: Element) -> int:
        line = element.text.split("\n")[0]
        if element.kind == "heading":
            return 0
        return len(line) - len(line.lstrip(" "))

    def _add(self, element: Element) -> None:
        cell = self._cell_of(element)
        if cell:
            self._end_of_prose()
            self.done.append(cell)
            self.lines += self._caption_of(element)
            self.inside.append(self._indent(element))  # an item of a list goes on in a cell of its own
        elif element.kind in ("box", "tab"):
            self._enter(element)
        elif lines := list(self._lines_of(element)):
            self._open_fold()
            self.lines += lines

    def _captions(self, elements: list[Element]) -> Iterator[tuple[Element, str]]:
        """The figures of the page, each with the caption that it has there."""
        for image, number, said in captions.numbered(self.book, elements):
            if self.language in said:
                yield image, captions.written(number, said[self.language], self.language)

    def _caption_of(self, element: Element) -> list[str]:
        """What stands below a cell that draws a figure: its caption, outside of the fold that the cell may stand in."""
        fence = pages.fence(element)
        figure = fence.include.figure() if fence.include else ""
        return [self._with_links(self.said[figure], element.line), ""] if figure in self.said else []

    def _lines_of(self, element: Element) -> Iterator[str]:
        if element.kind == "fence":
            yield from self._block(element)
        elif element.kind == "equation":
            name = pages.label(element)
            yield from [self._out_of_the_box(_anchor(f"eq-{name}")), ""] if name else []
            text = LABEL.sub(lambda label: rf"\tag{{{self.numbers[label[1]]}}}", element.text)
            yield from map(self._out_of_the_box, text.split("\n"))
        elif element.kind == "heading":
            level, place = element.key.split()
            yield from [_anchor(place), ""] if place in self.places else []
            yield f"{'#' * int(level)} {element.text}"
        elif element.kind != "image" and element.text.strip() != MAP:  # a cell draws the image; the map is the site's
            yield from self._prose(element)

    def _enter(self, element: Element) -> None:
        box = BOX.match(element.text) or TAB.match(element.text)
        assert box
        title = box["title"] or element.key
        self.inside.append(len(box["indent"].expandtabs(INDENT)) + INDENT)
        if FOLD.match(element.text):
            self.folds.append(_Fold(title, element.key, self.inside[-1]))
        else:
            self._open_fold()
            self.lines += [f"**{title}**", ""]

    def _open_fold(self) -> None:
        """Words within a fold stand in one that opens; before a cell it is closed, since none can stand in it."""
        if self.folds and not self.folds[-1].is_open:
            self.folds[-1].is_open = True
            self.lines += ["<details>", f"<summary>{self.folds[-1].title}</summary>", ""]

    def _close_fold(self) -> None:
        if self.folds and self.folds[-1].is_open:
            self.folds[-1].is_open = False
            self.lines += ["", "</details>", ""]

    def _prose(self, element: Element) -> Iterator[str]:
        kept, at = "", 0
        for match in ATTRIBUTES.finditer(pages.masked(element.text)):
            places = PLACE.findall(match[0])
            kept, at = kept + element.text[at : match.start()] + "".join(map(_anchor, places)), match.end()
        text = self._with_links(self._out_of_the_box(kept + element.text[at:]), element.line)
        if text.strip():
            yield text

    def _with_links(self, text: str, line: int) -> str:
        """Links lead to the site, references to formulas say their number; code and formulas stay."""
        made, at = "", 0
        for match in LINK.finditer(pages.masked(text)):
            shown = text[match.start("text") : match.end("text")] or self._number(match["target"], line)
            title = match["title"] or ""
            made += f"{text[at : match.start()]}[{shown}]({self._address(match['target'])}{title})"
            at = match.end()
        return made + text[at:]

    def _number(self, target: str, line: int) -> str:
        name = target.removeprefix("#eq-")
        if name not in self.numbers:
            raise NotebookError(f"{self.book.relative(self.path)}:{line}: []({target}) leads to no formula of this page")
        return f"({self.numbers[name]})"

    def _address(self, target: str) -> str:
        if target.removeprefix("#") in self.places:
            return target
        if ".md" in target and ":" not in target:  # a page is a folder of the site
            target = "../" + re.sub(r"(?:index)?\.md", "/", target).lstrip("/")
        return urljoin(self.site_url, target)

    def _out_of_the_box(self, line: str) -> str:
        """A line without the indentation of the boxes around it, and with that of the lists."""
        inside = self.inside[-1]
        return line[inside:] if not line[:inside].strip() else line.lstrip()

    def _block(self, element: Element) -> Iterator[str]:
        """A fence that is no listing, in its place; an output is left out, since a cell prints it."""
        fence = pages.fence(element)
        if "text" in fence.classes:
            return
        if fence.is_python and not fence.include:
            where = f"{self.book.relative(self.path)}:{fence.line}"
            raise NotebookError(f"{where}: a python fence holds one include and nothing else, found {fence.content!r}")
        text = "".join(include.text(self.book) for include in fence.includes if include) or f"{fence.content}\n"
        margin = self._out_of_the_box(re.match(r"[ \t]*", element.text)[0])  # type: ignore[index]
        kind = "python" if fence.is_python else fence.info.strip("{}. ").split()[0]
        titled = [f"`{fence.title}`", ""] if fence.title else []
        ticks = "`" * max(3, *(len(run) + 1 for run in re.findall(r"^[ \t]*(`{3,})", text, re.M)), 3)
        lines = text.rstrip().split("\n") if fence.includes and fence.includes[0] else _dedented(text, fence)
        for line in ["", *titled, f"{ticks}{kind}", *lines, ticks, ""]:
            yield margin + line if line else line

    def _end_of_prose(self) -> None:
        self._close_fold()
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip("\n")
        if text.strip():
            self.done.append(prose_cell(text))
        self.lines = []

    def _cell_of(self, element: Element) -> NotebookNode | None:
        fence = listing(self.book, element)
        if fence and fence.include:
            tags = [RAISES] if "raises" in fence.classes else []
            cell = self._cell(fence.include.text(self.book), list(_outputs(self.book, fence, self.language)), tags)
            if element.line in self.guessed:
                cell.metadata.jupyter = from_dict({**cell.metadata.get("jupyter", {}), "outputs_hidden": True})
            return cell
        fence = source(self.book, element)
        if fence and fence.include:
            code = f"# {fence.title or fence.include.path}\n\n{with_imports(self.book, fence.include)}"
            return self._cell(code, [], [SOURCE])
        return None

    def _cell(self, code: str, outputs: list[NotebookNode], tags: list[str]) -> NotebookNode:
        fold = self.folds[-1].kind if self.folds else ""
        tags += [SOLUTION] if fold == SOLUTION else []
        metadata = {**({"tags": tags} if tags else {}), **({"jupyter": HIDDEN[fold]} if fold in HIDDEN else {})}
        return code_cell(code.strip("\n"), outputs, metadata)


@dataclass
class _Fold:
    """A box that is folded on the page: `inside` is how far in its content stands."""

    title: str
    kind: str
    inside: int
    is_open: bool = False


def _anchor(place: str) -> str:
    return f'<a id="{place}"></a>'


def _places(elements: list[Element]) -> Iterator[str]:
    """The ids of a page that its notebook has too."""
    for element in elements:
        if element.kind == "heading" and not element.key.endswith(" None"):
            yield element.key.split()[1]
        elif element.kind in ("prose", "row"):
            for match in ATTRIBUTES.finditer(pages.masked(element.text)):
                yield from PLACE.findall(match[0])


def _dedented(text: str, fence: Fence) -> list[str]:
    """Literal lines of a fence without the indentation of the fence itself."""
    width = len(fence.indent)
    return [line[width:] if not line[:width].strip() else line for line in text.rstrip().split("\n")]


def _outputs(book: Book, fence: Fence, language: str) -> Iterator[NotebookNode]:
    assert fence.include
    recording = Recording(book, fence.include)
    if recording.text:
        *printed, last = recording.text.rstrip("\n").split("\n")
        if "raises" in fence.classes:
            name, _, reason = last.partition(": ")
            yield from [printed_output("\n".join(printed) + "\n")] if printed else []
            yield from_dict({"output_type": "error", "ename": name, "evalue": reason, "traceback": [last]})
        else:
            yield printed_output(recording.text)
    if recording.figure_file.exists():
        yield drawn_output(labels.read(book, recording.figure_file, language))


# The nodes of a notebook. Those of `nbformat.v4` are checked against the schema one by one, which takes most of the time
# in which a book is made notebooks; the tests check each notebook as a whole.


def code_cell(source: str, outputs: list[NotebookNode] | None = None, metadata: dict | None = None) -> NotebookNode:
    """A cell to run, with what it gives."""
    cell = {"cell_type": "code", "execution_count": None, "source": source}
    return from_dict({**cell, "id": "cell", "metadata": metadata or {}, "outputs": outputs or []})


def prose_cell(source: str) -> NotebookNode:
    """A cell of Markdown."""
    return from_dict({"cell_type": "markdown", "id": "cell", "metadata": {}, "source": source})


def printed_output(text: str) -> NotebookNode:
    """What a cell prints."""
    return from_dict({"output_type": "stream", "name": "stdout", "text": text})


def drawn_output(svg: str, metadata: dict | None = None) -> NotebookNode:
    """What a cell draws."""
    return from_dict({"output_type": "display_data", "data": {"image/svg+xml": svg}, "metadata": metadata or {}})


def together(cells: list[NotebookNode]) -> NotebookNode:
    """The cells as one notebook, numbered, so that it is the same each time it is built."""
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return from_dict({"cells": cells, "metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5})
