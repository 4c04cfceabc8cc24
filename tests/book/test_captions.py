"""Below each figure: its number, and what a reader should see in it."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from mkdocs_page import FilePage
from small_book import GOOD

from dlbook.book.captions import name_of
from dlbook.book.layout import Book
from dlbook.book.markdown.captions import CaptionsExtension
from dlbook.book.markdown.images import ImagesExtension
from dlbook.book.site.notebooks import notebook

DRAWN = "![A line that rises.](figures/sums/two.svg)"
SAID = {
    "docs/captions/sums.yml": "two: {en: 'It *rises*: $a+b$ is more.', zh: '它*上升*：$a+b$ 更大。'}\n"
    "more: {en: As before., zh: 同前。}\n"
}


def rendered(root, text: str, language: str = "en", address: str = "sums.md") -> BeautifulSoup:
    """The HTML of a page."""
    extensions = [
        "admonition",
        "attr_list",
        "pymdownx.superfences",
        "pymdownx.arithmatex",
        ImagesExtension(theme=str(root)),
    ]
    md = Markdown(extensions=[*extensions, CaptionsExtension(root=str(root), language=language)])
    md.treeprocessors.register(FilePage(address), "relpath", 0)
    return BeautifulSoup(md.convert(text), "html.parser")


@pytest.fixture
def root(write_book):
    """The root of a book with captions for two figures."""
    return write_book({**GOOD, **SAID}).root


def test_a_figure_and_its_caption_stand_together(root):
    soup = rendered(root, f"Words.\n\n{DRAWN}\n\nMore words.")
    figure = soup.find("figure")
    assert [part.name for part in figure.find_all(recursive=False)] == ["img", "figcaption"]
    assert figure.img["alt"] == "A line that rises."  # as it was: for who does not see it
    assert figure.figcaption.get_text() == "Figure 1. It rises: a+b is more."
    assert figure.figcaption.em.get_text() == "rises"
    assert [p.get_text() for p in soup.find_all("p")] == ["Words.", "More words."]


def test_figures_are_numbered_in_order_and_in_the_language_of_the_page(root):
    text = f"{DRAWN}\n\n![](figures/sums/unknown.svg)\n\n!!! notes\n\n    ![](figures/sums/more.svg)\n\n{DRAWN}"
    said = [caption.get_text() for caption in rendered(root, text, "zh").find_all("figcaption")]
    assert [words[:3] for words in said] == ["图 1", "图 2", "图 3"]
    assert said[1] == "图 2 同前。"
    assert rendered(root, text).select_one(".admonition figcaption")


def test_an_interactive_figure_keeps_its_frame_and_the_caption_stands_below(root):
    soup = rendered(root, DRAWN + "{ interactive=descent }\n")
    outer = soup.find("figure")
    assert [part.name for part in outer.find_all(recursive=False)] == ["figure", "figcaption"]
    assert [part.name for part in outer.figure.find_all(recursive=False)] == ["img", "dl-descent"]


@pytest.mark.parametrize("text", [f"```text\n{DRAWN}\n```", f"In a line {DRAWN} stands a picture."])
def test_what_is_no_figure_of_its_own_has_no_caption(root, text):
    assert rendered(root, text).find("figcaption") is None


def test_a_page_that_is_generated_has_no_captions(root):
    assert rendered(root, DRAWN, address="reference/sums.md").find("figcaption") is None


@pytest.mark.parametrize(("source", "name"), [
    ("figures/sums/two.svg", "sums/two"), ("../figures/labs/net.look.svg", "labs/net.look"), ("photo.png", None),
])  # fmt: skip
def test_a_figure_is_named_by_folder_and_file(source, name):
    assert name_of(source) == name


FENCE = "```"
LISTING = f'{FENCE}python\n--8<-- "sums/two.py"\n{FENCE}'
FOLDED = f'{DRAWN}\n\n??? code "The code"\n\n    ' + LISTING.replace("\n", "\n    ") + "\n\n    In the fold.\n"
DRAWS = {"snippets/sums/two.py": "import matplotlib\n", "docs/theme/figures/sums/two.svg": "<svg/>\n"}


@pytest.mark.parametrize("page", [f"{LISTING}\n\n{DRAWN}\n\nBehind it.", FOLDED])
def test_a_notebook_says_it_below_the_cell_that_draws(write_book, page):
    book: Book = write_book({**GOOD, **SAID, **DRAWS, "docs/en/sums.md": f"# Sums\n\n{page}"})
    cells = notebook(
        book, "en", next(p for p in book.pages("en") if p.stem == "sums"), site_url="https://example.org/sums/"
    ).cells
    at = next(i for i, cell in enumerate(cells) if cell.cell_type == "code")
    assert "Figure" not in cells[at - 1].source
    first, _, rest = cells[at + 1].source.partition("\n\n")
    assert first == "**Figure 1.** It *rises*: $a+b$ is more."
    assert ("<details>" in rest) == (page is FOLDED)
