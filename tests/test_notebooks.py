"""The notebooks of the built site: every chapter has one, it holds the page's listings, and it runs as it is.

Running them all repeats every listing once more, so it is left to the weekly run (DLBOOK_ALL_NOTEBOOKS=1);
each time, the labs that take less than a minute and the shortest chapter of each language are run.
"""

import os
import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from nbformat import v4

from dlbook.book.kept import Kept
from dlbook.book.layout import LABS, Book
from dlbook.book.listings.cache import environment
from dlbook.book.listings.comparing import same_text
from dlbook.book.listings.copies import with_imports
from dlbook.book.listings.ledger import LONG
from dlbook.book.listings.recordings import Recording
from dlbook.book.markdown import pages
from dlbook.book.site import notebooks

BOOK = Book(Path(__file__).parents[1])
LANGUAGES = BOOK.languages
KEPT = Kept(BOOK, "notebooks")
CHAPTERS = [
    (language, page.with_suffix("").as_posix()) for language in LANGUAGES for page in notebooks.chapters(BOOK, language)
]
IN_LABS = [(language, name) for language, name in CHAPTERS if name.startswith(f"{LABS}/")]
pytestmark = pytest.mark.xdist_group("site")


def listings(language, name):
    fences = [fence for fence in pages.fences(BOOK.docs / language / f"{name}.md") if fence.is_python]
    return [fence for fence in fences if fence.include and not fence.include.is_source(BOOK)]


def pieces_of_source(language, name):
    elements = pages.read(BOOK.docs / language / f"{name}.md")
    return [fence for fence in (notebooks.source(BOOK, element) for element in elements) if fence]


def of_listings(cells):
    """The cells of listings: those of the package's source, for answers and the one that installs it have a tag."""
    code = [cell for cell in cells if cell.cell_type == "code"]
    return [cell for cell in code if not {"source", "setup", "exercise"} & set(cell.metadata.get("tags", []))]


def is_solution(text, fence):
    """Whether the box around a fence is a folded solution."""
    above = text.split("\n")[: fence.line - 1]
    boxes = [line for line in above if re.match(r" *(?:!!!|\?\?\?)", line)]
    return bool(fence.indent) and bool(boxes) and boxes[-1].strip().startswith("??? solution")


def read(site, language, name):
    file = site / ("" if language == "en" else language) / "notebooks" / f"{name}.ipynb"
    return nbformat.read(file, 4)


@pytest.mark.parametrize(("language", "name"), CHAPTERS)
def test_a_notebook_holds_the_listings_of_its_page_in_order(site, language, name):
    notebook = read(site, language, name)
    nbformat.validate(notebook)
    words, setup, *cells = notebook.cells
    assert "`dlbook`" in words.source
    assert setup.metadata.tags == ["setup"]
    assert [cell.source for cell in of_listings(cells)] == [
        fence.include.text(BOOK).strip() for fence in listings(language, name)
    ]
    source = [cell.source for cell in cells if "source" in cell.metadata.get("tags", [])]
    assert source == [
        f"# {fence.title}\n\n{with_imports(BOOK, fence.include)}".strip() for fence in pieces_of_source(language, name)
    ]


@pytest.mark.parametrize(("language", "name"), CHAPTERS)
def test_a_notebook_gives_no_solution_away(site, language, name):
    """What the page folds is folded: words in `details`, code and its output hidden."""
    notebook = read(site, language, name)
    text = (BOOK.docs / language / f"{name}.md").read_text("utf8")
    titles = set(re.findall(r'^ *\?\?\? (?:solution|hint) "([^"]+)"', text, re.M))
    words = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert not [title for title in titles if f"**{title}**" in words]
    solved = [cell for cell in of_listings(notebook.cells) if "solution" in cell.metadata.get("tags", [])]
    assert len(solved) == len([fence for fence in listings(language, name) if is_solution(text, fence)])
    assert all(cell.metadata.jupyter == {"source_hidden": True, "outputs_hidden": True} for cell in solved)


@pytest.mark.parametrize(("language", "name"), CHAPTERS)
def test_a_link_within_a_notebook_has_its_place(site, language, name):
    words = "\n".join(cell.source for cell in read(site, language, name).cells if cell.cell_type == "markdown")
    places = set(re.findall(r'<a id="([^"]+)">', words))
    assert not set(re.findall(r"\]\(#([^)\s]+)\)", words)) - places
    assert not re.findall(rf"{re.escape(name)}/#eq-[\w-]+\)", words), "a formula of the page is a place of the notebook"


def shortest(language):
    names = [name for other, name in CHAPTERS if other == language and not name.startswith(f"{LABS}/")]
    return min(names, key=lambda name: len(listings(language, name)))


def is_quick(language, name):
    return not any(LONG in fence.classes for fence in listings(language, name))


SOME = [*(lab for lab in IN_LABS if is_quick(*lab)), *((language, shortest(language)) for language in LANGUAGES)]
RUN = CHAPTERS if os.environ.get("DLBOOK_ALL_NOTEBOOKS") else SOME
IMPORTED = (
    "import sys; print(*{m.__file__ for name, m in sys.modules.items() if name.split('.')[0] == 'dlbook'}, sep='\\n')"
)


@pytest.mark.parametrize(("language", "name"), RUN)
def test_a_notebook_runs_as_it_is(site, tmp_path, language, name):
    notebook = read(site, language, name)
    cells = of_listings(notebook.cells)
    parts = [*environment(BOOK), *(cell.source for cell in notebook.cells if cell.cell_type == "code")]
    if KEPT.get(*parts):
        return
    recorded = [printed(cell) for cell in cells]
    notebook.cells.append(v4.new_code_cell(IMPORTED))
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(tmp_path)}}).execute()
    for cell, fence, before in zip(cells, listings(language, name), recorded, strict=True):
        assert same_text(before, printed(cell), numbers="timed" not in fence.classes), cell.source
    KEPT.put(*parts, outcome=True, files=map(Path, notebook.cells[-1].outputs[0].text.split()))


@pytest.mark.parametrize(("language", "name"), IN_LABS)
def test_the_blocks_of_a_lab_are_the_cells_of_its_notebook(site, language, name):
    """So what a reader copies from the page runs as the notebook does, which the test above runs."""
    folder = site / ("" if language == "en" else language)
    article = BeautifulSoup((folder / name / "index.html").read_text("utf8"), "html.parser").article
    blocks = article.select("div.highlight.language-python")
    cells = of_listings(read(site, language, name).cells)
    assert [block.code.get_text().strip() for block in blocks] == [cell.source for cell in cells]
    for block, fence in zip(blocks, listings(language, name), strict=True):
        below = block.find_next_sibling()
        if below.name == "details" and "output" in below.get("class", []):
            below = below.select_one(".highlight")  # folded, for the reader guesses first
        shown = below.get_text() if {"highlight", "language-text"} <= set(below.get("class", [])) else ""
        assert shown.strip() == Recording(BOOK, fence.include).text.strip()


@pytest.mark.parametrize(("language", "name"), IN_LABS)
def test_a_lab_weighs_no_more_than_its_words(site, language, name):
    """mkdocs-jupyter's own template would put 600 kB of style and a script into each page."""
    html = (site / ("" if language == "en" else language) / name / "index.html").read_text("utf8")
    article = html[html.index("<article") : html.index("</article")]
    for heavy in ("<style", "<script", "<svg:", "data:image", "jp-", "cdn"):
        assert heavy not in article, heavy
    source = (BOOK.docs / language / f"{name}.md").stat().st_size
    code = sum(len(fence.include.text(BOOK)) for fence in listings(language, name))
    assert len(article.encode()) < 3 * (source + code)


def printed(cell):
    """What a cell printed, and the error it ended with."""
    text = "".join(output.text for output in cell.outputs if output.output_type == "stream" and output.name == "stdout")
    errors = [f"{output.ename}: {output.evalue}\n" for output in cell.outputs if output.output_type == "error"]
    return text + "".join(errors)
