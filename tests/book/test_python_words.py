"""Python code is coloured as Pygments colours it, and stays the same text."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES

from dlbook.book.layout import Book
from dlbook.book.markdown.light_code import COLOURLESS
from dlbook.book.markdown.python_words import python_words

BOOK = Book(Path(__file__).parents[2])
LEXER = get_lexer_by_name("python", stripnl=False)
FILES = [
    *sorted(BOOK.snippets.rglob("*.py")),
    *sorted(BOOK.package.rglob("*.py")),
    *sorted(BOOK.tests.glob("test_*.py")),
]
# Where the two judge otherwise, and neither is wrong: how a field of an f-string is written, double underscores.
AS_GOOD = {("", "s1"), ("", "s2"), ("", "vm"), ("fm", "vm"), ("vm", ""), ("nf", "fm"), ("kn", "k"), ("", "nb")}


def colours(words) -> list[tuple[str, str]]:
    """The colour of each character that is not a space."""
    return [("" if name in COLOURLESS else name, c) for name, text in words for c in text if not c.isspace()]


def pygments(code: str):
    for kind, text in LEXER.get_tokens(code):
        while kind not in STANDARD_TYPES:
            kind = kind.parent
        yield STANDARD_TYPES[kind], text


def test_the_code_of_the_book_has_the_colours_of_pygments():
    total, others = 0, Counter()
    for file in FILES:
        code = file.read_text("utf8")
        ours, theirs = colours(python_words(code)), colours(pygments(code))
        assert [c for _, c in ours] == [c for _, c in theirs], file
        others.update((b, a) for (a, _), (b, _) in zip(ours, theirs, strict=True) if a != b)
        total += len(ours)
    different = sum(count for pair, count in others.items() if pair not in AS_GOOD)
    assert different < total / 1000, others.most_common(5)


@given(st.text())
def test_any_text_stays_the_text_it_is(code):
    assert "".join(text for _, text in python_words(code)) == code


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def f(x): return x", [("k", "def"), ("nf", "f"), ("k", "return")]),
        ("class A(B): pass", [("k", "class"), ("nc", "A"), ("k", "pass")]),
        ("x = 0x1F + 3.5e-2 + 7", [("mh", "0x1F"), ("mf", "3.5e-2"), ("mi", "7")]),
        ("from a.b import c as d", [("kn", "from"), ("nn", "a.b"), ("kn", "import"), ("k", "as")]),
        ("x.in_place and y  # why", [("ow", "and"), ("c1", "# why")]),
        ("print(f'{x:.2f} of {n}')", [("nb", "print"), ("s1", "'"), ("s1", ":.2f"), ("s1", " of "), ("s1", "'")]),
        ("'it\\'s\\n'", [("s1", "'it"), ("se", "\\'"), ("s1", "s"), ("se", "\\n"), ("s1", "'")]),
        ("'# no comment'", [("s1", "'# no comment'")]),
        ("True if None else self", [("kc", "True"), ("k", "if"), ("kc", "None"), ("k", "else"), ("bp", "self")]),
    ],
)
def test_words_of_each_kind(code, words):
    assert [(name, text) for name, text in python_words(code) if name not in COLOURLESS and text] == words
