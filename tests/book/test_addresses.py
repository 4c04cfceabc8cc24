"""No address that readers have is lost; what has moved leads to where it went."""

import pytest

from dlbook.book import addresses, generated
from dlbook.book.checks import CHECKS


@pytest.fixture
def book(write_book):
    """The good small book, and the addresses that it has today."""
    book = write_book({"docs/addresses.yml": "", "docs/moved.yml": ""})
    generated.update(book)
    return book


def found(book, name):
    return [problem.what for problem in CHECKS[name](book)]


def rename(book, old, new, languages=("en", "zh")):
    for language in languages:
        page = book.docs / language / "sums.md"
        page.write_text(page.read_text("utf8").replace(old, new), "utf8")


def test_addresses_are_those_of_sections_and_formulas(book):
    assert addresses.published(book) == {"sums": ["adding", "eq-sum"]}
    assert found(book, "no_address_is_lost") == found(book, "what_has_moved_is_where_it_went") == []


def test_a_book_without_the_list_keeps_none(write_book):
    book = write_book({})
    assert addresses.wanted(book) == addresses.published(book) == addresses.moved(book) == {}
    assert found(book, "no_address_is_lost") == found(book, "what_has_moved_is_where_it_went") == []


@pytest.mark.parametrize("languages", [("en", "zh"), ("zh",)])
def test_a_section_that_is_gone_is_told_even_in_one_language(book, languages):
    rename(book, "#adding }", "#plus }", languages)
    generated.update(book)
    assert found(book, "no_address_is_lost") == ["sums#adding is gone: say in docs/moved.yml where it went"]


def test_a_section_that_has_moved_is_not_lost_and_the_site_knows_where_it_is(book):
    rename(book, "#adding }", "#plus }")
    book.moved.write_text("sums:\n  adding: sums#plus\n", "utf8")
    generated.update(book)
    assert found(book, "no_address_is_lost") == found(book, "what_has_moved_is_where_it_went") == []
    assert (
        (book.theme / addresses.MOVED).read_text("utf8").endswith('var dlMoved = {"sums": {"adding": "sums#plus"}}\n')
    )
    assert addresses.published(book)["sums"] == ["adding", "eq-sum", "plus"], "both are kept"


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ("sums:\n  old: sums#minus\n", "sums#old leads to sums#minus, which stands nowhere"),
        ("sums:\n  old: less#adding\n", "sums#old leads to less#adding, which stands nowhere"),
        ("sums:\n  adding: sums#eq-sum\n", "sums#adding stands on its page still, so nobody is led to sums#eq-sum"),
        ("<<<<<<< HEAD\nsums:\n  adding: sums#plus\n", "is no YAML: "),
        ("sums: adding\n", "sums must hold lines of the form `id: page#id`, got 'adding'"),
        ("sums:\n  old: adding\n", "sums#old must lead to `page#id`, got 'adding'"),
        ("sums:\n  old: 3\n", "sums#old must lead to `page#id`, got 3"),
    ],
)
def test_a_false_line_is_told(book, moved, said):
    book.moved.write_text(moved, "utf8")
    (fault,) = found(book, "what_has_moved_is_where_it_went")
    assert fault.startswith(said)
    assert found(book, "no_address_is_lost") == []
    generated.update(book)
