"""A lab: a page that mkdocs-jupyter renders from a notebook, and that looks and weighs as every other page does.

A lab is written as a chapter is: prose in `docs/<language>/labs/`, listings in `snippets/labs/`, told in steps.
So everything that holds for listings holds for it: it runs under pytest, its outputs are recorded, compared
and cached by what they depend on. When the site is built, nothing runs: this makes a notebook of the page and its
recordings, and mkdocs-jupyter a page of the notebook.

mkdocs-jupyter's own template puts 600 kB of style and two scripts into each page, and knows neither the ids, formulas
and boxes of the book nor its figures. So it gets another template, which hands the cells to the book's own Markdown.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import writes_json

from dlbook.book.layout import Book
from dlbook.book.listings.recordings import Recording
from dlbook.book.markdown import pages
from dlbook.book.markdown.pages import Element, Fence
from dlbook.book.site import notebooks

TEMPLATES = Path(__file__).with_name("templates")


class LabError(Exception):
    """A lab holds something that a notebook cannot."""


def notebook(book: Book, language: str, page: Path) -> NotebookNode:
    """The notebook that mkdocs-jupyter reads: prose as the page has it, listings with what was recorded from them.

    It is not the one that readers get, whose prose is Jupyter's: see `notebooks`.

    Raises:
        LabError: a listing stands in a box or a list, where no cell can stand.
    """
    path = book.docs / language / page
    lines = pages.text_of(path).split("\n")
    elements = pages.read(path)
    guessed = notebooks.folded_outputs(book, elements)
    cells, done = [], 0
    for element, end in _taken(book, elements):
        fence = notebooks.listing(book, element)
        assert fence
        if element.text.startswith((" ", "\t", ">")):
            raise LabError(f"{book.relative(path)}:{element.line}: a listing of a lab cannot stand in a box or a list")
        cells += _prose(lines[done : element.line - 1])
        source = fence.include.text(book).rstrip("\n") if fence.include else ""
        cells.append(notebooks.code_cell(source, list(_outputs(book, fence, elements)), _metadata(fence, guessed.get(element.line))))
        done = end
    return notebooks.together(cells + _prose(lines[done:]))


def _metadata(fence: Fence, fold: str | None) -> dict[str, str]:
    """What the template has to know of a cell: its fence, and the title of the fold around its output."""
    return {"fence": fence.info} | ({"fold": fold} if fold else {})


def _taken(book: Book, elements: list[Element]) -> Iterator[tuple[Element, int]]:
    """Each listing, and the last line of what belongs to it: its recorded output and figure, and the fold around them.

    A listing in a folded answer is none: it stays where it is, in the prose.
    """
    answer = 0
    for index, element in enumerate(elements):
        if element.kind == "box" and element.key == notebooks.SOLUTION:
            answer = element.line
        elif answer and not element.text.startswith((" ", "\t")):
            answer = 0
        fence = None if answer else notebooks.listing(book, element)
        if fence and fence.include:
            end = element.last_line
            for below in elements[index + 1 :]:
                if below.kind == "box" and below.key == notebooks.OUTPUT and end == element.last_line:
                    continue
                text = below.kind == "fence" and pages.fence(below).include == fence.include.output()
                if not text and below.key != fence.include.figure():
                    break
                end = below.last_line
            yield element, end


def _prose(lines: list[str]) -> list[NotebookNode]:
    text = "\n".join(lines).strip("\n")
    return [notebooks.prose_cell(text)] if text else []


def _outputs(book: Book, fence: Fence, elements: list[Element]) -> Iterator[NotebookNode]:
    """What was recorded from a listing; a figure with the words that the page has for it, and the page's link."""
    assert fence.include
    recording, figure = Recording(book, fence.include), fence.include.figure()
    if recording.text:
        yield notebooks.printed_output(recording.text)
    if recording.figure_file.exists():
        alt = next((element.text for element in elements if element.kind == "image" and element.key == figure), "")
        words = {"alt": alt, "file": f"../{figure}"}
        yield notebooks.drawn_output(recording.figure_file.read_text("utf8"), words)


def write(book: Book, language: str, page: Path) -> Path:
    """Keep the notebook of a lab in a file, where mkdocs-jupyter finds it."""
    file = book.cache / "labs" / language / f"{page.stem}.ipynb"
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}.new")
    draft.write_text(writes_json(notebook(book, language, page)), "utf8")
    draft.replace(file)
    return file


def render(page: Any, convert: Callable[..., None]) -> Callable[..., None]:
    """What renders a lab: mkdocs-jupyter's `convert`, with the book's template and the book's Markdown.

    Args:
        page: the page of MkDocs.
        convert: what mkdocs-jupyter has put in the place of the page's `render`.
    """

    def rendered(config: Any, files: Any) -> None:
        from mkdocs.structure.pages import Page

        def book_page(markdown: str) -> str:
            page.markdown = markdown
            Page.render(page, config, files)  # MkDocs' own: sets the contents and all that links need
            kept.update(content=page.content, toc=page.toc)
            return page.content

        kept: dict[str, Any] = {}
        with _template(book_page):
            convert(config, files)
        # mkdocs-jupyter has added the colours of its code and a table of contents with ids of its own.
        page.content, page.toc = kept["content"], kept["toc"]

    return rendered


@contextmanager
def _template(book_page: Callable[[str], str]) -> Iterator[None]:
    """Give nbconvert the book's template, and this filter for it."""
    from mkdocs_jupyter.config import settings
    from nbconvert.exporters.templateexporter import default_filters

    before = settings.templates_dir
    settings.templates_dir = str(TEMPLATES)
    default_filters["book_page"] = book_page
    try:
        yield
    finally:
        settings.templates_dir = before
        del default_filters["book_page"]
