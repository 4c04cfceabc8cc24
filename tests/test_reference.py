"""The reference is whole: every public name of the package has its entry, in both languages."""

import ast
import re
from pathlib import Path

import pytest

from dlbook.book.layout import Book
from dlbook.book.markdown.api_links import modules, public_names

BOOK = Book(Path(__file__).parents[1])
LANGUAGES = BOOK.languages


def entries(html):
    return set(re.findall(r'id="?(dlbook(?:\.\w+)+)', html))


@pytest.mark.xdist_group("site")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_function_and_class_is_in_the_reference(site, language):
    folder = site / ("reference" if language == "en" else "zh/reference")
    found = set().union(*(entries(file.read_text("utf8")) for file in folder.rglob("index.html")))
    defined = {name.full for name in public_names(BOOK).values()}
    assert defined - found == set()


def test_a_missing_entry_would_be_missed():
    assert entries('<h2 id="dlbook.lrn.lrn">') == {"dlbook.lrn.lrn"}
    assert "dlbook.lrn.lrn" in public_names(BOOK)


@pytest.mark.parametrize("file", modules(BOOK), ids=lambda file: BOOK.relative(file))
def test_every_public_name_says_what_it_is(file):
    tree = ast.parse(file.read_text("utf8"))
    public = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name[0] != "_"]
    assert [node.name for node in (tree, *public) if not ast.get_docstring(node)] == []
