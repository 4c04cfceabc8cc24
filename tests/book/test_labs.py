"""A lab: a page becomes a notebook with its recorded outputs, mkdocs-jupyter a page of that, and nothing is lost on the way."""

from pathlib import Path

import nbformat
import pytest

from dlbook.book import checks
from dlbook.book.site import labs, notebooks
from dlbook.book.site.building import LanguageSite

PAGE = """# Long sums { #sums }

See [the chapter](../sums.md#adding), and $a + b$.

```python
--8<-- "labs/long.py:one"
```

```{.text .no-copy}
--8<-- "labs/long.out:one"
```

![A line that rises.](../figures/labs/long.one.svg)

## More { #more }

| a | b |
| --- | --- |
| 1 | `2` |

!!! notes "In the notes"

    Nothing.

```console
make test
```

```{.python continuation}
--8<-- "labs/long.py:two"
```

The end.
"""
STEPS = """# --8<-- [start:one]
from sums import add

print("sum", add(1, 2))
# --8<-- [end:one]


# --8<-- [start:two]
total = {"<b>": add(3, 4)}  # a {{ template }} would read this
# --8<-- [end:two]
"""
CONFIG = """
site_name: sums
site_url: http://localhost/
docs_dir: docs/en
theme: {{ name: material, custom_dir: docs/theme, font: false }}
nav: [sums.md, glossary.md, labs/long.md]
{extra}
markdown_extensions:
  admonition: {{}}
  pymdownx.details: {{}}
  attr_list: {{}}
  tables: {{}}
  toc: {{ permalink: true }}
  pymdownx.highlight: {{ pygments_lang_class: true }}
  pymdownx.superfences: {{}}
  pymdownx.snippets: {{ base_path: [!relative $config_dir/snippets, !relative $config_dir], check_paths: true }}
  pymdownx.arithmatex: {{ generic: true }}
  dlbook.book.markdown.formulas: {{}}
  dlbook.book.markdown.images: {{ theme: !relative $config_dir/docs/theme }}
"""
JUPYTER = """
hooks: [hooks.py]
plugins: { mkdocs-jupyter: { include: ["*.ipynb"], ignore: ["*.md"], ignore_h1_titles: true, cache: false } }
"""


@pytest.fixture
def write_lab(write_book):
    def write(page=PAGE, **files):
        return write_book(
            {
                "docs/en/labs/long.md": page,
                "docs/zh/labs/long.md": page,
                "snippets/labs/long.py": STEPS,
                "snippets/labs/long.out": "# --8<-- [start:one]\nsum 3\n# --8<-- [end:one]\n",
                "docs/theme/figures/labs/long.one.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="360pt" height="216pt"/>',
                "hooks.py": "from dlbook.book.site.mkdocs_hooks import on_files, on_pre_page\n",
                "mkdocs.yml": CONFIG.format(extra=JUPYTER),
                **files,
            }
        )

    return write


def lab_page(book):
    (page,) = [page for page in book.pages("en") if page.stem == "long"]
    return page


def test_cells_hold_prose_as_written_and_listings_with_what_was_recorded(write_lab):
    book = write_lab()
    made = labs.notebook(book, "en", lab_page(book))
    nbformat.validate(made)
    opening, one, middle, two, end = made.cells
    assert opening.source == PAGE.split("\n\n```python")[0]
    assert one.source == 'from sums import add\n\nprint("sum", add(1, 2))'
    assert [output.output_type for output in one.outputs] == ["stream", "display_data"]
    assert one.outputs[0].text == "sum 3\n"
    assert one.outputs[1].metadata == {"alt": "A line that rises.", "file": "../figures/labs/long.one.svg"}
    assert middle.source.startswith("## More { #more }")
    assert middle.source.endswith("make test\n```")
    assert (two.metadata.fence, two.outputs) == ("{.python continuation}", [])
    assert end.source == "The end."


GUESS = PAGE.replace(
    """```{.text .no-copy}
--8<-- "labs/long.out:one"
```

![A line that rises.](../figures/labs/long.one.svg)
""",
    """??? output "Guess, then open"

    ```{.text .no-copy}
    --8<-- "labs/long.out:one"
    ```

    ![A line that rises.](../figures/labs/long.one.svg)
""",
)
ANSWERED = f"""{GUESS}
??? solution "Answers"

    Twice as much.

    ```{{.python continuation}}
    --8<-- "labs/long.py:two"
    ```

After it.
"""


def test_an_output_to_be_guessed_is_folded_and_an_answer_stays_where_it_is(write_lab):
    book = write_lab(ANSWERED)
    opening, one, middle, two, end = labs.notebook(book, "en", lab_page(book)).cells
    assert one.metadata == {"fence": "python", "fold": "Guess, then open"}
    assert [output.output_type for output in one.outputs] == ["stream", "display_data"]
    assert "??? output" not in opening.source + middle.source + end.source
    assert "fold" not in two.metadata
    assert '    --8<-- "labs/long.py:two"' in end.source, "a listing in an answer is no cell of its own"


def test_the_readers_notebook_hides_the_output_to_be_guessed(write_lab):
    made = notebooks.notebook(write_lab(ANSWERED), "en", Path("labs/long.md"), site_url="http://localhost/labs/long/")
    one, two, answer = (cell for cell in made.cells if cell.cell_type == "code")
    assert one.metadata.jupyter == {"outputs_hidden": True}
    assert "jupyter" not in two.metadata
    assert answer.metadata.jupyter.outputs_hidden
    assert not any("Guess, then open" in cell.source for cell in made.cells)


def test_a_listing_in_a_box_is_refused_with_its_place(write_lab):
    boxed = '!!! notes "In the notes"\n\n    ```python\n    --8<-- "labs/long.py:one"\n    ```\n'
    book = write_lab(boxed)
    with pytest.raises(labs.LabError, match=r"docs/en/labs/long\.md:3: a listing of a lab cannot stand in a box"):
        labs.notebook(book, "en", lab_page(book))


def article(book, tmp_path, extra):
    (book.root / "mkdocs.yml").write_text(CONFIG.format(extra=extra), "utf8")
    LanguageSite(book, "en", tmp_path / "site").build()
    html = (tmp_path / "site/labs/long/index.html").read_text("utf8")
    return html[html.index("<article") : html.index("</article")], html[html.index('data-md-component="toc"') :]


@pytest.mark.filterwarnings("ignore")  # those of mkdocs-jupyter and of nbconvert are not ours to mend
@pytest.mark.parametrize("text", [PAGE, ANSWERED], ids=["open", "folded"])
def test_mkdocs_jupyter_gives_the_page_that_markdown_alone_would(write_lab, tmp_path, monkeypatch, text):
    from mkdocs_jupyter import convert
    from mkdocs_jupyter.config import settings

    rendered, before = [], settings.templates_dir
    own = convert.nb2html
    monkeypatch.setattr(convert, "nb2html", lambda path, **more: rendered.append(path) or own(path, **more))
    book = write_lab(text)
    page, contents = article(book, tmp_path, JUPYTER)
    assert rendered == [str(book.root / ".cache/labs/en/long.ipynb")], "mkdocs-jupyter did not render it"
    assert (page, contents) == article(book, tmp_path, "plugins: []")
    assert 'id="more"' in page
    assert 'alt="A line that rises."' in page
    assert page.count('<details class="output"') == text.count("??? output")
    assert "{{ template }}" in page.replace('<span class="c1"># a ', "")
    assert "<math" in page
    assert "<style" not in page
    assert settings.templates_dir == before, "mkdocs-jupyter does not get its template back"


def test_the_checks_of_chapters_see_labs(write_lab):
    book = write_lab(**{"docs/zh/labs/long.md": PAGE.replace("long.py:two", "long.py:one")})
    (found,) = list(checks.languages.both_languages_have_one_skeleton(book))
    assert "docs/zh/labs/long.md:29" in str(found)
    (book.docs / "zh/labs/long.md").unlink()
    (found,) = list(checks.languages.every_page_has_its_twin(book))
    assert str(found) == "docs/en/labs/long.md:1: has no twin docs/zh/labs/long.md"


def test_a_lab_runs_is_compared_and_is_kept_until_the_package_changes(write_lab, run_pytest):
    book = write_lab(**{"docs/theme/figures/labs/long.one.svg": None})
    lab = ("-k", "long")
    assert "listings on cpu: 2 run, 2 cached, 0 recorded" in run_pytest(book, *lab)
    assert "listings on cpu: 0 run, 4 cached, 0 recorded" in run_pytest(book, *lab)
    source = book.source / "sums.py"
    source.write_text(source.read_text("utf8").replace("a + b", "a - b"), "utf8")
    report = run_pytest(book, *lab)
    assert "docs/en/labs/long.md:5: snippets/labs/long.py:one gives something else than recorded" in report
    assert "--- now\nsum -1" in report
    assert "cached, 0 recorded" in report
    source.write_text(source.read_text("utf8").replace("a - b", "a + b"), "utf8")
    (book.snippets / "labs/long.out").write_text("# --8<-- [start:one]\nsum 4\n# --8<-- [end:one]\n")
    assert "--- recorded\nsum 4\n--- now\nsum 3" in run_pytest(book, *lab)
