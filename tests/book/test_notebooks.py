"""A page as a notebook: its listings are the cells, its recordings their outputs."""

import nbformat
import pytest
from nbclient import NotebookClient

from dlbook.book.listings.comparing import same_text
from dlbook.book.site.notebooks import NotebookError, chapters, notebook

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
            "docs/theme/figures/sums/two.svg": "<svg/>",
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
    assert "`src/sums.py`\n\n```python\ndef add(a, b):" in text
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


def prose_of(write_book, text, **files):
    book = write_book({"docs/en/more.md": text, **files})
    page = next(page for page in book.pages("en") if page.stem == "more")
    made = notebook(book, "en", page, site_url="https://example.org/book/more/")
    nbformat.validate(made)
    return "\n~\n".join(cell.source for cell in made.cells)


TICKS = "```"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("- a\n    - b\n\n        deeper", "- a\n    - b\n\n        deeper"),
        ("1. one\n\n    more of it", "1. one\n\n    more of it"),
        ('!!! notes "N"\n\n    - a\n        - b\n\nafter', "**N**\n\n- a\n    - b\n\nafter"),
        ('!!! note inline end "Side"\n    Words.', "**Side**\n\nWords."),
        ("??? solution\n    Words.", "**solution**\n\nWords."),
        ('=== "A"\n\n    one\n\n=== "B"\n\n    two', "**A**\n\none\n\n**B**\n\ntwo"),
        ('[t](glossary.md "The glossary")', '[t](https://example.org/book/glossary/ "The glossary")'),
        ("[t](https://a.org/x.md)", "[t](https://a.org/x.md)"),
        ("$E_{:,\\,k}$ and `{.x}` and `[](#eq-no)`", "$E_{:,\\,k}$ and `{.x}` and `[](#eq-no)`"),
        ("a figure ![x](figures/a.svg){ interactive=conv-hand .stays }", "a figure"),
        ("![x](figures/a.svg){ interactive=conv }\n\nthen", "then"),
        ("### Third { .x #third }", "### Third"),
        ("[Peano](https://example.org){ #peano }, then", "[Peano](https://example.org), then"),
        (f"{TICKS}console\nmake test\n{TICKS}", f"{TICKS}console\nmake test\n{TICKS}"),
        (
            f"- item\n\n    {TICKS}console\n    make\n    {TICKS}",
            f"- item\n\n    {TICKS}console\n    make\n    {TICKS}",
        ),
        (
            f"{TICKS}`markdown\n{TICKS}python\nx\n{TICKS}\n{TICKS}`",
            f"{TICKS}`markdown\n{TICKS}python\nx\n{TICKS}\n{TICKS}`",
        ),
        ("- $$\n    c = d\n    $$", "- $$\n    c = d\n    $$"),
        ("---\ndescription: a page\n---\n# Page", "# Page"),
        ("\ufeff# Page", "# Page"),
    ],
)
def test_what_is_written_goes_over_as_it_is(write_book, written, shown):
    assert prose_of(write_book, written) == shown


def test_an_item_of_a_list_goes_on_behind_its_listing(write_book):
    text = f'1. first\n\n    {TICKS}python\n    --8<-- "sums/two.py"\n    {TICKS}\n\n    behind it\n\n2. second'
    assert prose_of(write_book, text).split("\n~\n")[::2] == ["1. first", "behind it\n\n2. second"]


def test_a_fence_is_longer_than_what_it_holds(write_book):
    code = f'text = """\n{TICKS}\n"""\n'
    page = f'{TICKS}`{{.python title="src/ticks.py"}}\n--8<-- "src/ticks.py"\n{TICKS}`'
    assert f"{TICKS}`python\n{code}{TICKS}`" in prose_of(write_book, page, **{"src/ticks.py": code})


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"# More\n\n{TICKS}python\nx = 1\n{TICKS}", r"more\.md:3: a python fence holds one include"),
        ("# More\n\n[](#eq-none)", r"more\.md:3: \[\]\(#eq-none\) leads to no formula"),
    ],
)
def test_a_page_that_cannot_be_a_notebook_is_refused_with_its_line(write_book, text, what):
    with pytest.raises(NotebookError, match=what):
        prose_of(write_book, text)
