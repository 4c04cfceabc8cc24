"""The sheet of symbols: what a page writes is found on it, and its tables are written from it."""

import pytest

from dlbook.book import generated, notation
from dlbook.book.markdown import pages

SHEET = r"""symbols:
  letters:
    - {symbol: W, en: weights, zh: 权重, at: sums, shape: $n$, shape_zh: $n$ 个, code: '`w`'}
    - {symbol: 'd_{\text{in}}', en: inputs, zh: 输入, at: 'sums#adding'}
    - {symbol: d, en: a size, zh: 大小, at: sums}
    - {symbol: '\hat{y}', en: predicted, zh: 预测, at: sums}
    - {symbol: y, en: truth, zh: 真值, at: sums, also: [{pages: [glossary], en: maps, zh: 图, }]}
    - {symbol: "\\varphi'", en: its slope, zh: 斜率, at: sums}
    - {symbol: \varphi, en: activation, zh: 激活函数, at: sums}
"""


@pytest.fixture
def book(write_book):
    page = "# N\n\n## L { #letters }\n\n| a | b | c | d | e |\n| --- | --- | --- | --- | --- |\n| old | | | | |\n\nWords.\n\n## O { #others }\n\n| a | b | c |\n| --- | --- | --- |\n"
    return write_book(
        {
            "docs/notation.yml": SHEET,
            "docs/en/notation.md": page,
            "docs/zh/notation.md": page,
            "mkdocs.yml": "nav: [Sums: sums.md, Glossary: glossary.md, Notation: notation.md]\n",
            "mkdocs.zh.yml": "INHERIT: mkdocs.yml\nnav: [加: sums.md, 词: glossary.md, 记号: notation.md]\n",
            "pyproject.toml": '[tool.book]\nlanguages = ["en", "zh"]\nbesides = ["glossary", "notation"]\n',
        }
    )


@pytest.mark.parametrize(
    ("written", "entry"),
    [
        ("W^{(l)}", "W"),
        ("W_{k,j}^{\\top}", "W"),
        ("d_{\\text{in}}", "d_{\\text{in}}"),
        ("d_l", "d"),
        ("d_{l-1}", "d"),
        ("\\hat{y}_i", "\\hat{y}"),
        ("\\bar{y}", "y"),
        ("\\varphi'", "\\varphi'"),
        ("\\varphi''", "\\varphi'"),
        ("\\varphi(x)", "\\varphi"),
        ("\\lVert W \\rVert", "W"),
        ("\\operatorname{tr} W", "W"),
    ],
)
def test_a_symbol_is_found_by_what_the_page_writes(book, written, entry):
    assert notation.sheet(book).find(written).latex == entry


@pytest.mark.parametrize("written", ["q", "Wx", "\\phi", ""])
def test_another_symbol_is_not_found(book, written):
    assert notation.sheet(book).find(written) is None


@pytest.mark.parametrize(
    ("formula", "used"),
    [
        ("W x", "W"),
        ("xWy", "W"),
        ("\\hat{y} + 1", "\\hat{y}"),
        ("d _{\\text{in}}", "d_{\\text{in}}"),
        ("\\varphi'(z)", "\\varphi'"),
    ],
)
def test_a_formula_uses_a_symbol(book, formula, used):
    assert notation.sheet(book).find(used).is_used_in(formula)


@pytest.mark.parametrize(
    ("formula", "not_used"),
    [
        ("\\Wide x", "W"),
        ("\\text{What}", "W"),
        ("\\operatorname{diag}(x)", "d"),
        ("\\mathrm{d}x", "d"),
        ("\\bar{y}", "\\hat{y}"),
        ("a \\quad b", "d"),
        ("\\varphi", "\\varphi'"),
    ],
)
def test_a_formula_does_not_use_a_symbol(book, formula, not_used):
    assert not notation.sheet(book).find(not_used).is_used_in(formula)


def test_the_symbols_of_a_row():
    assert list(notation.named("$Q = X W_q$, $(i, j)$, $10000$, $\\varphi(x)$")) == ["Q", "i", "j", "\\varphi(x)"]


def test_only_tables_of_symbols_are_read():
    text = "| symbol | m |\n| --- | --- |\n| $a$ | x |\n\n| other | m |\n| --- | --- |\n| $b$ | y |\n"
    assert list(notation.rows(list(pages.elements(text)), ("symbol",))) == [(3, ["$a$", "x"])]


def test_the_tables_of_the_page_are_written_from_the_sheet(book):
    written = {book.relative(path) for path in generated.update(book)}
    assert {"docs/en/notation.md", "docs/zh/notation.md"} <= written
    en, zh = ((book.docs / language / "notation.md").read_text("utf8") for language in ("en", "zh"))
    assert (
        "| --- | --- | --- | --- | --- |\n| $W$ | weights | $n$ | [Sums](sums.md) | `w` |\n| $d_{\\text{in}}$ | inputs | | [Sums](sums.md#adding) | |\n"
        in en
    )
    assert "| $W$ | 权重 | $n$ 个 | [加](sums.md) | `w` |\n" in zh
    assert en.endswith("| --- | --- | --- |\n| $y$ | maps | [glossary](glossary.md) |\n")
    assert "old" not in en
    assert "|\n\nWords.\n" in en
    assert generated.update(book) == []


def test_what_a_symbol_means_depends_on_the_page(book):
    y = notation.sheet(book).find("y")
    assert (y.on("sums").said["en"], y.on("glossary").said["zh"]) == ("truth", "图")
