"""Includes and their sections."""

from pathlib import Path

import pytest

from dlbook.book.layout import Book
from dlbook.book.listings.includes import Include, section_faults, separators


@pytest.mark.parametrize(
    ("line", "include"),
    [
        ('--8<-- "sums/two.py"', Include("sums/two.py")),
        ('    --8<-- "src/sums.py:add"', Include("src/sums.py", "add")),
        ('--8<-- "sums/two.py:3:5"', None),  # by line number: never
        ("print(1)", None),
        ("", None),
    ],
)
def test_parse(line, include):
    assert Include.parse(line) == include


def test_text_is_what_the_page_shows(write_book):
    book = write_book()
    assert Include("src/sums.py", "add").text(book) == "def add(a, b):\n    return a + b\n"
    with pytest.raises(FileNotFoundError, match="'sub' could not be located"):
        Include("src/sums.py", "sub").text(book)
    with pytest.raises(FileNotFoundError, match=r"sums/three\.py"):
        Include("sums/three.py").text(book)


def test_in_place_keeps_line_numbers_and_loses_nothing(write_book):
    text = "one = 1\n# --8<-- [start:a]\nif one:\n    # --8<-- [start:b]\n    two = 2\n    # --8<-- [end:b]\n# --8<-- [end:a]\n"
    book = write_book({"snippets/sums/steps.py": text})
    for section in ("a", "b"):
        include = Include("sums/steps.py", section)
        placed = include.in_place(book)
        assert [line for line in placed.splitlines() if line] == include.text(book).splitlines()
    assert Include("sums/steps.py", "b").in_place(book).splitlines()[4] == "two = 2"


def test_recordings_stand_beside_their_listing():
    assert Include("lrn/train.py", "fit").output() == Include("lrn/train.out", "fit")
    assert Include("lrn/train.py", "fit").figure() == "figures/lrn/train.fit.svg"
    assert Include("lrn/edge.py").figure() == "figures/lrn/edge.svg"
    book = Book(Path("nowhere"))
    assert Include("src/dlbook/lrn.py", "lrn").module(book) == "dlbook.lrn"
    assert Include("src/dlbook/attention/__init__.py").module(book) == "dlbook.attention"
    assert Include("src/a.py").is_source(book)
    assert not Include("source/a.py").is_source(book)


def test_section_faults():
    start, end = "# --8<-- [start:{}]", "# --8<-- [end:{}]"
    assert section_faults("\n".join([start.format("a"), end.format("a")])) == []
    assert section_faults(start.format("a")) == [(1, "section 'a' never ends")]
    assert section_faults(end.format("a")) == [(1, "section 'a' ends but never started")]
    twice = "\n".join([start.format("a"), end.format("a"), start.format("a"), end.format("a")])
    assert section_faults(twice) == [(3, "section 'a' starts a second time")]


@pytest.mark.parametrize("character", "\v\f\x1c\x1d\x1e\x85\u2028\u2029")
def test_what_ends_a_line_for_some_only_is_named_with_its_line(character):
    ((line, fault),) = separators(f"one\ntwo {character} three\nfour")
    assert line == 2
    assert f"U+{ord(character):04X}" in fault


def test_a_file_with_a_mark_in_front_is_the_same_file(write_book):
    book = write_book({"snippets/sums/two.py": "\ufeffprint(2)\n"})
    assert Include("sums/two.py").text(book).rstrip() == "print(2)"
    assert Include("sums/two.py").in_place(book).startswith("print(2)\n")
