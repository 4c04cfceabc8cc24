"""A chapter as a Jupyter notebook: prose, listings and their recorded outputs, ready to run and change.

jupytext turns the expanded page into cells; this writes the page as plain Markdown first, and gives
each listing the output that was recorded from it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import jupytext
from nbformat import NotebookNode, v4

from dlbook.book import pages
from dlbook.book.layout import LABS, Book
from dlbook.book.pages import Element, Fence
from dlbook.book.recordings import Recording

ATTRIBUTES = re.compile(r"\s*\{\s*[#.:][^}]*\}")
BOX = re.compile(r'^(?P<indent>\s*)(?:!!!|\?\?\?\+?)\s+\w+(?:\s+"(?P<title>[^"]*)")?\s*$')
LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
LABEL = re.compile(r"\\label\{(?P<label>[^}]*)\}")
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
RAISES = "raises-exception"  # Jupyter goes on after a cell with this tag


def notebook(book: Book, language: str, page: Path, *, site_url: str, install: str = "") -> NotebookNode:
    """The notebook of one page.

    Args:
        book: the book.
        language: "en" or "zh".
        page: the page, relative to the folder of its language.
        site_url: the address of the page, to which links are made absolute.
        install: a line that installs `dlbook`, for hosts that lack it; a first cell holds it.
    """
    elements = pages.read(book.docs / language / page)
    listings = [fence for element in elements if (fence := listing(element))]
    made = jupytext.reads("\n".join(_lines(book, elements, site_url)), "md")
    cells = [cell for cell in made.cells if cell.cell_type == "code"]
    assert len(cells) == len(listings), f"{page}: {len(listings)} listings, {len(cells)} cells"
    for cell, fence in zip(cells, listings, strict=True):
        cell.outputs = list(_outputs(book, fence))
        cell.metadata = {"tags": [RAISES]} if "raises" in fence.classes else {}
    made.cells = [cell for cell in made.cells if cell.source.strip()]
    if install:
        made.cells.insert(0, v4.new_code_cell(install))
    for number, cell in enumerate(made.cells):
        cell.id = f"cell-{number}"  # the same each time it is built
    made.metadata = {"kernelspec": KERNEL}
    return made


def chapters(book: Book, language: str) -> list[Path]:
    """The pages that have anything to run: they are offered as notebooks."""
    return [
        page
        for page in book.pages(language)
        if page.parent.name in ("", LABS)
        and page.stem != "index"
        and any(map(listing, pages.read(book.docs / language / page)))
    ]


def listing(element: Element) -> Fence | None:
    """The listing that becomes a cell. Source of the package is shown as text: the package has it."""
    fence = pages.fence(element) if element.kind == "fence" else None
    return fence if fence and fence.is_python and fence.include and not fence.include.is_source else None


def _lines(book: Book, elements: list[Element], site_url: str) -> Iterator[str]:
    """The page as Markdown that Jupyter knows."""
    numbers = {name: number for number, name in enumerate(filter(None, map(pages.label, elements)), 1)}
    last = 0
    for element in elements:
        yield from [""] * (element.line > last + 1)
        yield from _element_lines(book, element, numbers, site_url)
        last = element.line + element.text.count("\n")


def _element_lines(book: Book, element: Element, numbers: dict[str, int], site_url: str) -> Iterator[str]:
    if element.kind == "fence":
        yield from _fence_lines(book, pages.fence(element))
    elif element.kind == "equation":
        text = LABEL.sub(lambda label: rf"\tag{{{numbers[label['label']]}}}", element.text)
        yield from (line.strip() for line in text.splitlines())
    elif element.kind == "box":
        box = BOX.match(element.text)
        yield from (f"**{box['title'] if box and box['title'] else element.key}**", "")
    elif element.kind == "heading":
        yield f"{'#' * int(element.key.split()[0])} {element.text}"
    elif element.kind != "image":  # a cell draws it
        yield _absolute(ATTRIBUTES.sub("", element.text), numbers, site_url)


def _fence_lines(book: Book, fence: Fence) -> Iterator[str]:
    if "text" in fence.classes:
        return  # a cell prints it
    text = "".join(include.text(book) for include in fence.includes if include) or f"{fence.content}\n"
    yield ""
    if fence.title:
        yield from (f"`{fence.title}`", "", "```text", *text.rstrip().splitlines(), "```", "")
    else:
        yield from ("```python" if fence.is_python else f"```{fence.info}", *text.rstrip().splitlines(), "```", "")


def _absolute(text: str, numbers: dict[str, int], site_url: str) -> str:
    """A line of prose: links lead to the site, references to formulas say their number, no box indents it."""

    def link(match: re.Match[str]) -> str:
        target = match["target"]
        shown = match["text"] or f"({numbers[target.removeprefix('#eq-')]})"
        if ".md" in target:  # a page is a folder of the site
            target = "../" + re.sub(r"(?:index)?\.md", "/", target).lstrip("/")
        return f"[{shown}]({urljoin(site_url, target)})"

    return LINK.sub(link, text.lstrip())


def _outputs(book: Book, fence: Fence) -> Iterator[NotebookNode]:
    assert fence.include
    recording = Recording(book, fence.include)
    if recording.text:
        *printed, last = recording.text.rstrip("\n").split("\n")
        if "raises" in fence.classes:
            name, _, reason = last.partition(": ")
            yield from [v4.new_output("stream", name="stdout", text="\n".join(printed) + "\n")] if printed else []
            yield v4.new_output("error", ename=name, evalue=reason, traceback=[last])
        else:
            yield v4.new_output("stream", name="stdout", text=recording.text)
    if recording.figure_file.exists():
        yield v4.new_output("display_data", data={"image/svg+xml": recording.figure_file.read_text("utf8")})
