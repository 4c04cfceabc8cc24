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
        Say it in code.

        ```{.python title="src/sums.py"}
        --8<-- "src/sums.py:add"
        ```

        That is all.

2. Another one.

    ??? code "The code that draws this"
        ```python
        --8<-- "sums/two.py"
        ```

[Peano](https://example.org/peano){ #peano }, [as he says](#peano)

![three bars](figures/sums/two.svg)
"""


@pytest.fixture
def book(write_book):
    return write_book(
        {
            "docs/en/sums.md": PAGE,
            "pyproject.toml": '[tool.book]\nlanguages = ["en", "zh"]\npackage = "sums"\n',
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


def printed(cell):
    """What a cell printed: a kernel may send a line and its end one after the other."""
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


def test_listings_are_cells_with_their_recorded_outputs(made):
    good, bad, source, drawing = cells(made, "code")
    assert good.source == "from sums import add\n\nprint('sum', add(1, 2.5))"
    assert good.outputs[0].text == "sum 3.5\n"
    assert good.outputs[1].data == {"image/svg+xml": "<svg/>"}
    assert bad.metadata.tags == ["raises-exception"]
    assert bad.outputs[0].text == "first\n"
    assert (bad.outputs[1].ename, bad.outputs[1].evalue) == ("ZeroDivisionError", "division by zero")
    assert source.source == "# src/sums.py\n\ndef add(a, b):\n    return a + b"
    assert source.metadata.tags == ["source", "solution"]
    assert drawing.source == good.source
    assert drawing.metadata == {"jupyter": {"source_hidden": True}}
    nbformat.validate(made)


def test_prose_is_markdown_that_jupyter_knows(made):
    text = "\n".join(cell.source for cell in cells(made, "markdown"))
    assert text.startswith('<a id="sums"></a>\n\n# Sums\n')
    assert "[adding](https://example.org/book/sums/#adding)" in text, "a place that the notebook does not have"
    assert "[more](https://example.org/book/more/#x)" in text
    assert "[home](https://example.org/book/)" in text
    assert "[(1)](#eq-sum)" in text
    assert '<a id="eq-sum"></a>\n\n$$\na + b\n\\tag{1}\n$$' in text
    assert '[Peano](https://example.org/peano)<a id="peano"></a>, [as he says](#peano)' in text
    assert "**A slip**\n\nWords in the box." in text
    for leftover in ("--8<--", "{ #", "!!!", "???", "label{", "three bars"):
        assert leftover not in text


def test_what_is_folded_on_the_page_is_folded_here(made):
    text = "\n~\n".join(cell.source for cell in made.cells)
    fold = "<details>\n<summary>Solution</summary>\n\n{}\n\n</details>"
    before, behind = fold.format("Say it in code."), fold.format("That is all.")
    assert f"{before}\n~\n# src/sums.py" in text
    assert f"return a + b\n~\n{behind}\n\n2. Another one." in text
    (solution,) = (cell for cell in made.cells if "solution" in cell.metadata.get("tags", []))
    assert solution.metadata.jupyter == {"source_hidden": True, "outputs_hidden": True}
    assert text.count("<details>") == text.count("</details>") == 2, "a drawing has no words to fold"


def test_no_cell_is_empty(made):
    assert all(cell.source.strip() for cell in made.cells)


def test_it_is_the_same_each_time(book, made):
    again = notebook(book, "en", book.pages("en")[1], site_url="https://example.org/book/sums/")
    assert nbformat.writes(again) == nbformat.writes(made)


def test_a_first_cell_says_what_is_needed_and_a_second_installs_it(book):
    made = notebook(book, "en", book.pages("en")[1], site_url="https://example.org/", install="git+https://a.org/x")
    words, setup = made.cells[:2]
    assert words.source.startswith("This notebook is the chapter [Sums](https://example.org/)")
    assert setup.metadata.tags == ["setup"]
    assert '%pip install -q "sums @ git+https://a.org/x"' in setup.source
    nbformat.validate(made)


def test_the_package_is_installed_where_it_is_missing_only(book):
    from IPython.core.inputtransformer2 import TransformerManager

    made = notebook(book, "en", book.pages("en")[1], site_url="x", install="here")
    code = TransformerManager().transform_cell(made.cells[1].source)
    for package, installs in (("sums", 1), ("pytest", 0)):
        ran = []
        shell = type("Shell", (), {"run_line_magic": lambda _, *line, ran=ran: ran.append(line)})
        exec(code.replace('"sums"', f'"{package}"'), {"get_ipython": shell})
        assert len(ran) == installs


def test_pages_without_listings_have_no_notebook(book):
    assert [page.name for page in book.pages("en")] == ["glossary.md", "sums.md"]
    assert [page.name for page in chapters(book, "en")] == ["sums.md"]


def test_it_runs_and_gives_what_is_recorded(book, made, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(book.source))
    recorded = list(map(printed, cells(made, "code")))
    NotebookClient(made, timeout=60).execute()
    assert list(map(printed, cells(made, "code"))) == recorded
    assert cells(made, "code")[1].outputs[-1].ename == "ZeroDivisionError"
    assert same_text(recorded[0], "sum 3.5")


def prose_of(write_book, text, **files):
    book = write_book({"docs/en/more.md": text, **files})
    page = next(page for page in book.pages("en") if page.stem == "more")
    made = notebook(book, "en", page, site_url="https://example.org/book/more/")
    nbformat.validate(made)
    return "\n~\n".join(cell.source for cell in made.cells)


TICKS = "```"


def test_a_method_is_no_cell(write_book):
    """As a cell it would take the place of a name of its own: here that of Python's `sum`."""
    code = "class Sums:\n    # --8<-- [start:sum]\n    def sum(self):\n        return 1\n    # --8<-- [end:sum]\n"
    page = f'{TICKS}{{.python title="src/more.py"}}\n--8<-- "src/more.py:sum"\n{TICKS}'
    assert prose_of(write_book, page, **{"src/more.py": code}).startswith(f"`src/more.py`\n\n{TICKS}python\n")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("- a\n    - b\n\n        deeper", "- a\n    - b\n\n        deeper"),
        ("1. one\n\n    more of it", "1. one\n\n    more of it"),
        ('!!! notes "N"\n\n    - a\n        - b\n\nafter', "**N**\n\n- a\n    - b\n\nafter"),
        ('!!! note inline end "Side"\n    Words.', "**Side**\n\nWords."),
        ("??? solution\n    Words.", "<details>\n<summary>solution</summary>\n\nWords.\n\n</details>"),
        ('???+ derivation "D"\n    Words.', "**D**\n\nWords."),
        ('??? hint "H"\n    - a\n\nafter', "<details>\n<summary>H</summary>\n\n- a\n\n</details>\n\nafter"),
        ('??? a "A"\n    !!! b "B"\n        c', "<details>\n<summary>A</summary>\n\n**B**\n\nc\n\n</details>"),
        ('=== "A"\n\n    one\n\n=== "B"\n\n    two', "**A**\n\none\n\n**B**\n\ntwo"),
        ('[t](glossary.md "The glossary")', '[t](https://example.org/book/glossary/ "The glossary")'),
        ("[t](https://a.org/x.md)", "[t](https://a.org/x.md)"),
        ("$E_{:,\\,k}$ and `{.x}` and `[](#eq-no)`", "$E_{:,\\,k}$ and `{.x}` and `[](#eq-no)`"),
        ("a figure ![x](figures/a.svg){ interactive=conv-hand .stays }", "a figure"),
        ("![x](figures/a.svg){ interactive=conv }\n\nthen", "then"),
        ("### Third { .x #third }", '<a id="third"></a>\n\n### Third'),
        ("[P](https://example.org){ #peano }, then", '[P](https://example.org)<a id="peano"></a>, then'),
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
