"""A page as a notebook: its listings are the cells, its recordings their outputs."""

import nbformat
import pytest
from nbclient import NotebookClient

from dlbook.book.comparing import same_text
from dlbook.book.notebooks import chapters, notebook

PAGE = """# Sums { #sums }

See [adding](#adding), [more](more.md#x), [home](index.md) and formula [](#eq-sum).

$$
a + b
\\label{sum}
$$

```python
--8<-- "sums/two.py"
```

```{.text .no-copy}
--8<-- "sums/two.out"
```

!!! mistake "A slip"
    Words in the box.

    ```{.python .raises}
    --8<-- "sums/bad.py"
    ```

    ```{.text .no-copy}
    --8<-- "sums/bad.out"
    ```

1. An exercise.

    ??? solution "Solution"
        ```{.python title="src/sums.py"}
        --8<-- "src/sums.py:add"
        ```

![three bars](figures/sums/two.svg)
"""


@pytest.fixture
def book(write_book):
    return write_book(
        {
            "docs/en/sums.md": PAGE,
            "snippets/sums/bad.py": "print('first')\n1 / 0\n",
            "snippets/sums/bad.out": "first\nZeroDivisionError: division by zero\n",
            "docs/assets/figures/sums/two.svg": "<svg/>",
        }
    )


@pytest.fixture
def made(book):
    page = next(page for page in book.pages("en") if page.stem == "sums")
    return notebook(book, "en", page, site_url="https://example.org/book/sums/")


def cells(made, kind):
    return [cell for cell in made.cells if cell.cell_type == kind]


def test_listings_are_cells_with_their_recorded_outputs(made):
    good, bad = cells(made, "code")
    assert good.source == "from sums import add\n\nprint('sum', add(1, 2.5))"
    assert good.outputs[0].text == "sum 3.5\n"
    assert good.outputs[1].data == {"image/svg+xml": "<svg/>"}
    assert bad.metadata.tags == ["raises-exception"]
    assert bad.outputs[0].text == "first\n"
    assert (bad.outputs[1].ename, bad.outputs[1].evalue) == ("ZeroDivisionError", "division by zero")
    nbformat.validate(made)


def test_prose_is_markdown_that_jupyter_knows(made):
    text = "\n".join(cell.source for cell in cells(made, "markdown"))
    assert text.startswith("# Sums\n")
    assert "[adding](https://example.org/book/sums/#adding)" in text
    assert "[more](https://example.org/book/more/#x)" in text
    assert "[home](https://example.org/book/)" in text
    assert "[(1)](https://example.org/book/sums/#eq-sum)" in text
    assert "a + b\n\\tag{1}\n$$" in text
    assert "**A slip**\n\nWords in the box." in text
    assert "`src/sums.py`\n\n```text\ndef add(a, b):" in text
    for leftover in ("--8<--", "{ #", "!!!", "???", "label{", "three bars"):
        assert leftover not in text


def test_no_cell_is_empty(made):
    assert all(cell.source.strip() for cell in made.cells)


def test_it_is_the_same_each_time(book, made):
    again = notebook(book, "en", book.pages("en")[1], site_url="https://example.org/book/sums/")
    assert nbformat.writes(again) == nbformat.writes(made)


def test_a_host_without_the_package_gets_a_cell_that_installs_it(book):
    made = notebook(book, "en", book.pages("en")[1], site_url="x", install="%pip install dlbook")
    assert cells(made, "code")[0].source == "%pip install dlbook"


def test_pages_without_listings_have_no_notebook(book):
    assert [page.name for page in book.pages("en")] == ["glossary.md", "sums.md"]
    assert [page.name for page in chapters(book, "en")] == ["sums.md"]


def test_it_runs_and_gives_what_is_recorded(book, made, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(book.source))
    recorded = [cell.outputs[0].text for cell in cells(made, "code")]
    NotebookClient(made, timeout=60).execute()
    assert [cell.outputs[0].text for cell in cells(made, "code")] == recorded
    assert cells(made, "code")[1].outputs[-1].ename == "ZeroDivisionError"
    assert same_text(recorded[0], "sum 3.5")
