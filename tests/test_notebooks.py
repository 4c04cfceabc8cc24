"""The notebooks of the built site: every chapter has one, it holds the page's listings, and it runs as it is.

Running them all repeats every listing once more, so it is left to the weekly run (DLBOOK_ALL_NOTEBOOKS=1);
each time, the shortest one of each language is run.
"""

import hashlib
import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from dlbook.book import notebooks, pages
from dlbook.book.cache import environment, package_digest
from dlbook.book.comparing import same_text
from dlbook.book.layout import LANGUAGES, Book

BOOK = Book(Path(__file__).parents[1])
KEPT = BOOK.root / ".cache" / "notebooks"
CHAPTERS = [
    (language, page.stem)
    for language in LANGUAGES
    for page in BOOK.pages(language)
    if page.parent == Path() and page.stem != "index" and notebooks.has_listings(BOOK, language, page)
]
pytestmark = pytest.mark.xdist_group("site")


def listings(language, name):
    fences = [fence for fence in pages.fences(BOOK.docs / language / f"{name}.md") if fence.is_python]
    return [fence for fence in fences if fence.include and not fence.include.is_source]


def read(site, language, name):
    file = site / ("" if language == "en" else language) / "notebooks" / f"{name}.ipynb"
    return nbformat.read(file, 4)


@pytest.mark.parametrize(("language", "name"), CHAPTERS)
def test_a_notebook_holds_the_listings_of_its_page_in_order(site, language, name):
    notebook = read(site, language, name)
    nbformat.validate(notebook)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert code == [fence.include.text(BOOK).strip() for fence in listings(language, name)]


def shortest(language):
    return min((len(listings(language, name)), name) for other, name in CHAPTERS if other == language)[1]


RUN = CHAPTERS if os.environ.get("DLBOOK_ALL_NOTEBOOKS") else [(language, shortest(language)) for language in LANGUAGES]


@pytest.mark.parametrize(("language", "name"), RUN)
def test_a_notebook_runs_as_it_is(site, tmp_path, language, name):
    notebook = read(site, language, name)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    parts = [*environment(), package_digest(BOOK), *(cell.source for cell in cells)]
    kept = KEPT / f"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"
    if kept.exists():
        return
    recorded = [printed(cell) for cell in cells]
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    for cell, fence, before in zip(cells, listings(language, name), recorded, strict=True):
        assert same_text(before, printed(cell), numbers="timed" not in fence.classes), cell.source
    KEPT.mkdir(parents=True, exist_ok=True)
    kept.touch()


def printed(cell):
    """What a cell printed, and the error it ended with."""
    text = "".join(output.text for output in cell.outputs if output.output_type == "stream" and output.name == "stdout")
    errors = [f"{output.ename}: {output.evalue}\n" for output in cell.outputs if output.output_type == "error"]
    return text + "".join(errors)
