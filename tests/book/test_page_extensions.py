"""The small Markdown extensions: tests of formulas on a page, links to source, light code."""

from bs4 import BeautifulSoup
from markdown import Markdown, markdown

CODE = ["attr_list", "pymdownx.highlight", "pymdownx.superfences"]
LINES = '```python\nfor name in range(3):\n    print(name + 1, "a")\n```\n'


def test_a_checks_page_shows_the_tests_of_each_formula_of_its_page(write_book):
    book = write_book(
        {
            "tests/test_more.py": "import pytest\n\n@pytest.mark.equation('more')\ndef test_more(): pass\n",
            "docs/en/more.md": "# More\n\n$$\na\n\\label{more}\n$$\n",
        }
    )
    md = Markdown(
        extensions=[*CODE, "dlbook.book.markdown.checks_page"],
        extension_configs={
            "dlbook.book.markdown.checks_page": {"root": str(book.root), "formula": "公式", "where": "所在"}
        },
    )
    soup = BeautifulSoup(md.convert("# Checks\n\n[[equation-tests sums]]\n\nend"), "html.parser")
    assert [heading["id"] for heading in soup.select("h3")] == ["eq-sum"]  # that of another page is left out
    assert soup.h3.get_text() == "公式 sum"
    assert soup.a["href"] == "../sums.md#eq-sum"
    block = soup.select_one(".highlight.test")
    assert block.select_one(".filename").get_text() == "tests/test_sums.py#L4"
    assert block.code.get_text() == "@pytest.mark.equation('sum')\ndef test_sum():\n    assert 1 + 2 == 3\n"


def test_titles_that_are_files_become_links():
    text = '```{.python title="src/dlbook/a.py"}\nx\n```\n\n```{.python title="tests/test_a.py#L7"}\nx\n```\n\n```{.python title="Note"}\nx\n```\n'
    extensions = [*CODE, "dlbook.book.markdown.source_links"]
    options = {"dlbook.book.markdown.source_links": {"repository": "https://example.org/r/"}}
    titles = BeautifulSoup(markdown(text, extensions=extensions, extension_configs=options), "html.parser").select(
        ".filename"
    )
    assert [title.get_text() for title in titles] == ["src/dlbook/a.py", "tests/test_a.py", "Note"]
    links = [title.a and title.a["href"] for title in titles]
    assert links == [
        "https://example.org/r/blob/main/src/dlbook/a.py",
        "https://example.org/r/blob/main/tests/test_a.py#L7",
        None,
    ]


def test_light_code_reads_the_same_and_weighs_less():
    heavy = markdown(LINES, extensions=CODE)
    light = markdown(LINES, extensions=[*CODE, "dlbook.book.markdown.light_code"])
    one, other = (BeautifulSoup(html, "html.parser") for html in (heavy, light))
    assert one.code.get_text() == other.code.get_text()
    coloured = [span.get_text() for span in other.select("code i")]
    assert coloured == ["for", "in", "range", "3", "print", "1", '"a"']
    assert len(light) < 0.7 * len(heavy)


DOCSTRING = """How many.

>>> add(1, 2)  # three
3
>>> add(2, 2)
4

    >>> indented, so code already

> quoted

```python
def add():
    \"\"\"Add.

    >>> add(1, 2)
    3
    \"\"\"
```
"""


def test_examples_in_docstrings_are_code_and_code_stays_as_it_is():
    soup = BeautifulSoup(markdown(DOCSTRING, extensions=[*CODE, "dlbook.book.markdown.doctests"]), "html.parser")
    first, second, fence = soup.select("pre code")
    assert first.get_text() == ">>> add(1, 2)  # three\n3\n>>> add(2, 2)\n4\n"
    assert second.get_text() == ">>> indented, so code already\n"
    assert fence.get_text() == DOCSTRING.split("```python\n")[1].split("```")[0]
    assert [quote.get_text().strip() for quote in soup.select("blockquote")] == ["quoted"]
