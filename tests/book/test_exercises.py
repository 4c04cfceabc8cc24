"""How pages and notebooks say that an answer can be checked: by the list in the package, at each exercise that has a check."""

from pathlib import Path

import pytest
from markdown import Markdown

from dlbook.book import exercises
from dlbook.book.markdown import pages
from dlbook.book.site.notebooks import notebook

FENCE = "```"
LISTED = """sums = [
  {name = "two", title = "A sum", define = "add(a, b)", en = "the sum", zh = "两数之和"},
  {name = "why", title = "Why", kind = "thought"},
  {name = "half", title = "Halves", define = "class Half(Base), answer", needs = "from sums import Base", en = "halves", zh = "一半"},
]
"""
PAGE = f"""# Sums {{ #sums }}

1. Not an exercise.

## Exercises {{ #exercises }}

1. Add two
   numbers.

    ??? hint "Hint"
        Words.

    ??? solution "Solution"
        {FENCE}python
        --8<-- "sums/two.py"
        {FENCE}

2. Why?

    ??? solution "Solution"
        So.

3. Halve.

## Sources {{ #sources }}

1. Nor this.
"""
CODE = """from sums import Base


# Fill this in and run it: it says what is right.
# halves
class Half(Base):
    ...


answer = None


from sums import exercises

exercises.check("sums", 3, Half, answer)"""


@pytest.fixture
def book(write_book):
    return write_book(
        {
            "pyproject.toml": '[tool.book]\nlanguages = ["en", "zh"]\npackage = "sums"\n',
            "docs/en/sums.md": PAGE,
            "docs/zh/sums.md": PAGE,
            "src/sums/exercises/exercises.toml": LISTED,
        }
    )


def rendered(book, language, monkeypatch):
    name = "dlbook.book.markdown.exercises"
    monkeypatch.setattr(f"{name}.written_page", lambda md: Path("sums.md"))
    options = {name: {"root": str(book.root), "language": language}}
    md = Markdown(extensions=["attr_list", "pymdownx.details", name], extension_configs=options)
    return md.convert(PAGE.replace(f"{FENCE}python", "").replace(FENCE, ""))


def test_exercises_are_the_items_of_their_section(book):
    found = exercises.on_page(pages.read(book.docs / "en/sums.md"))
    assert [(each.number, each.line, each.told, each.in_box, each.name) for each in found] == [
        (1, 7, 10, True, "two"),
        (2, 18, 20, True, ""),
        (3, 23, 25, False, ""),
    ]


def test_a_page_says_it_above_hint_and_solution(book, monkeypatch):
    html = rendered(book, "en", monkeypatch)
    assert html.count("book-check") == 2
    line = "<code>dlbook check sums 1 mine.py</code>. The file defines <code>add(a, b)</code>: the sum."
    assert html.index("numbers.") < html.index(line) < html.index("Hint")
    assert "<code>class Half(Base)</code> and <code>answer</code>: halves." in html
    assert 'data-search-exclude="yes"' in html


def test_each_language_has_its_words(book, monkeypatch):
    assert "检验你的答案：<code>dlbook check sums 1 mine.py</code>" in (html := rendered(book, "zh", monkeypatch))
    assert "两数之和" in html


def test_a_book_without_a_list_says_nothing(write_book, monkeypatch):
    assert "book-check" not in rendered(write_book({"docs/en/sums.md": PAGE}), "en", monkeypatch)


def test_a_notebook_has_a_cell_for_each_answer(book):
    made = notebook(book, "en", Path("sums.md"), site_url="https://example.org/sums/")
    cells = [cell for cell in made.cells if "exercise" in cell.metadata.get("tags", [])]
    assert cells[0].source.endswith(
        'def add(a, b):\n    ...\n\n\nfrom sums import exercises\n\nexercises.check("sums", 1, add)'
    )
    assert cells[1].source == CODE
    at = made.cells.index(cells[0])
    assert made.cells[at - 1].source.endswith("1. Add two\n   numbers.")
    assert made.cells[at + 1].source.startswith("<details>\n<summary>Hint</summary>\n\nWords.")
    assert "3. Halve." in made.cells[-3].source


def test_a_class_of_its_own_needs_no_base_in_a_cell():
    entry = {"define": "class Half, answer", "en": "halves"}
    assert "\nclass Half:\n    ...\n\n\nanswer = None\n" in exercises.cell("sums", "sums", 3, entry, "en")
