"""Where a book is, and what its author chose."""

from pathlib import Path

import pytest

from dlbook.book.layout import Book, NoBookError, OptionError, book_here


def options(tmp_path, text):
    (tmp_path / "pyproject.toml").write_text(text, "utf8")
    return Book(tmp_path)


def test_without_options_a_book_has_one_language_and_the_usual_folders(tmp_path):
    book = Book(tmp_path)
    assert (book.languages, book.first) == (("en",), "en")
    assert (book.docs, book.snippets, book.source) == (tmp_path / "docs", tmp_path / "snippets", tmp_path / "src")
    assert book.package == tmp_path / "src"
    assert book.config("en") == tmp_path / "mkdocs.yml"


def test_options_are_read_from_pyproject(tmp_path):
    text = '[tool.book]\nlanguages = ["fr", "de"]\npackage = "livre"\ndocs = "pages"\nsource = "lib"\ntheme = "look"\n'
    book = options(tmp_path, text)
    assert (book.first, book.package) == ("fr", tmp_path / "lib/livre")
    assert book.config("fr") == tmp_path / "mkdocs.yml"
    assert book.config("de") == tmp_path / "mkdocs.de.yml"
    assert book.site(Path("site"), "fr") == Path("site")
    assert book.site(Path("site"), "de") == Path("site/de")
    assert (book.docs, book.figures) == (tmp_path / "pages", tmp_path / "look/figures")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('langages = ["en"]', "has no option 'langages'; it has languages, package"),
        ('languages = "en"', "languages must be a list of at least one text, got 'en'"),
        ("languages = []", r"languages must be a list of at least one text, got \[\]"),
        ("languages = [1]", r"languages must be a list of at least one text, got \[1\]"),
        ("package = 3", "package must be a text, got 3"),
    ],
)
def test_what_is_no_option_is_refused_by_name(tmp_path, text, what):
    with pytest.raises(OptionError, match=what):
        _ = options(tmp_path, f"[tool.book]\n{text}\n").languages


def test_the_book_is_found_from_a_folder_inside(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("nav: []\n", "utf8")
    (tmp_path / "docs/en").mkdir(parents=True)
    assert book_here(tmp_path / "docs/en").root == tmp_path.resolve()


def test_where_there_is_no_book_it_says_so(tmp_path):
    with pytest.raises(NoBookError, match=r"no book here: neither .* nor a folder above it has a mkdocs\.yml"):
        book_here(tmp_path)
