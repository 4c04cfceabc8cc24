"""Formulas become MathML; what would be shown wrongly stops the build and says where."""

import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from mkdocs_page import FilePage

from dlbook.book.markdown.formulas import FormulaError, breakable

OPTIONS = {"tests": "checks/{page}.md", "mark": "tested", "title": "Read its test", "macros": {"R": r"\mathbb{R}"}}


def render(text, page="sums.md", **options):
    md = Markdown(
        extensions=["pymdownx.arithmatex", "attr_list", "dlbook.book.markdown.formulas"],
        extension_configs={
            "pymdownx.arithmatex": {"generic": True},
            "dlbook.book.markdown.formulas": {**OPTIONS, **options},
        },
    )
    if page:
        md.treeprocessors.register(FilePage(page), "relpath", 0)
    return BeautifulSoup(md.convert(text), "html.parser")


def test_a_formula_in_a_line_stays_in_its_paragraph():
    soup = render(r"Take $x \in \R$, then.")
    assert soup.select_one("p > span.math math").get_text() == "x∈ℝ"
    assert soup.p.get_text() == "Take x∈ℝ, then."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("高为 $y$，下标", ["y，"]),
        ("（$y$）", ["（y）"]),
        ("*the* ($a$) and *$b$*, $c$", ["(a)"]),
        ("with $a + b + c + d + e + f = 0$.", ["0."]),
        ("with ($a + b + c + d + e + f = 0$)", ["(a+", "0)"]),
        ("$y$ rows, $x$-axis", []),
    ],
)
def test_no_line_breaks_between_a_formula_and_its_punctuation(text, kept):
    soup = render(text)
    assert [part.get_text() for part in soup.select(".math .math-kept")] == kept
    assert soup.p.get_text().replace(" ", "") == text.translate(str.maketrans("", "", "$* "))


def test_between_the_parts_of_a_formula_a_line_may_break():
    """Firefox, in which a part is never broken, does not see that one ends."""
    (whole,) = render("$a + b + c + d + e + f = 0$").select(".math")
    parts = len(whole.select("math"))
    assert parts > 1
    assert [child.name for child in whole.children] == [*["math", "wbr"] * (parts - 1), "math"]
    assert render("$a = 0$.").select("wbr") == []


def test_a_labelled_formula_has_id_number_and_mark():
    first, second = render("$$\na<b\n\\label{one}\n$$\n\n$$\nc\n$$\n\n$$\nd\n\\label{two}\n$$").select("div.math[id]")
    assert first["id"] == "eq-one"
    assert first.select_one(".math-number").get_text() == "(1)"
    assert first.select_one("a.math-tested")["href"] == "checks/sums.md#eq-one"
    assert first.select_one("a.math-tested").get_text() == "tested"
    assert first.math["display"] == "block"
    assert first.math.get_text() == "a<b"
    assert second.select_one(".math-number").get_text() == "(2)"


def test_formulas_side_by_side_are_formulas_of_their_own():
    """So that a phone can put them below each other; what stands in an environment stays in one."""
    page = render("$$\na = b, \\qquad \\begin{cases} c \\qquad d \\end{cases}\n\\label{sides}\n$$\n\n$$\ne\n$$")
    one, other = page.select("div.math")
    assert [math.get_text().strip("\u2063") for math in one.select("math")] == ["a=b,", "{cd"]
    assert one["id"] == "eq-sides"
    assert len(one.select(".math-number")) == len(other.select("math")) == 1


def test_references_get_the_number_and_keep_words_of_their_own():
    soup = render("See [](#eq-one) and [this](#eq-one).\n\n$$\na\n\\label{one}\n$$")
    assert [link.get_text() for link in soup.select("p a")] == ["(1)", "this"]


@pytest.mark.parametrize("target", ["glossary.md#eq-sum", "#adding", "glossary.md"])
def test_a_link_without_words_to_anything_else_is_refused(target):
    with pytest.raises(FormulaError, match="a link without words leads to a formula of the same page"):
        render(f"See []({target}).")


def test_a_mark_that_would_lead_to_the_wrong_page_is_refused():
    """Where no MkDocs says which page it is, no address is made up."""
    with pytest.raises(FormulaError, match="which page is rendered"):
        render("$$\na\n\\label{one}\n$$", page=None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (r"$\foo{x}$", r'Unknown command "\\foo"'),
        (r"$\frac{a$", "Expected"),
        ("$$\n\\begin{aligned} a \\\\[6pt] b \\end{aligned}\n$$", "prints the bracket"),
        (r"$\bigl(x\bigr)^2$", "sinks"),
        (r"$\Bigl\{x\Bigr\}_i$", "sinks"),
        (r"$\bigl\langle x\bigr\rangle ^2$", "sinks"),
        (r"$\overline{x}$", r"write \\bar"),
        ("$$\na \\tag{1}\n$$", "not supported"),
        (r"$\substack{a}$", "not supported"),
        ("$$\na\n\\label{one}\n$$\n\n$$\nb\n\\label{one}\n$$", "stands on this page already"),
        ("$$\na\n\\label{one}\n\\label{two}\n$$", "one label at most"),
        (r"$a \label{one}$", "within a line none"),
        ("[](#eq-none)", "no formula on this page has this label"),
    ],
)
def test_a_bad_formula_stops_the_build(text, reason):
    with pytest.raises(FormulaError, match=reason):
        render(text)


def test_the_right_ways_to_write_them_are_accepted():
    render(r"$\left( x \right)^2$ ${\bigl( x \bigr)}^2$ $\bar{x}$ $\bigl( x \bigr) + y_1$")


def test_the_error_names_page_and_formula(write_book):
    """In a build of MkDocs, where the page is known."""
    book = write_book({"docs/en/sums.md": "# Sums\n\n$\\foo{b}$\n", "mkdocs.yml": CONFIG})
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(book.config("en")), "-d", str(book.root / "s")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf8")
    assert done.returncode != 0
    assert "sums.md: 0: Unknown command" in done.stderr
    assert r"\foo{b}" in done.stderr


CONFIG = """
site_name: Sums
docs_dir: docs/en
markdown_extensions: [{pymdownx.arithmatex: {generic: true}}, dlbook.book.markdown.formulas]
"""


def test_a_long_formula_in_a_line_may_break_after_its_signs():
    parts = render(r"$f(a + b) = \frac{c + d}{e} + g - h$").select("span.math > math")
    assert [part.get_text() for part in parts] == ["f(a+b)=", "c+de+", "g−", "h"]
    assert all(part.find_all("mo")[-1]["form"] == "infix" for part in parts[:-1])
    assert len(render(r"$a + b = c$").select("math")) == 1


def test_a_sign_in_front_is_no_place_to_break():
    assert len(breakable("<math><mo>−</mo><mi>x</mi><mo>=</mo><mo>−</mo><mn>1</mn></math>")) == 2


def test_a_formula_may_break_behind_a_bracket_with_a_power():
    assert len(breakable("<math><mo>(</mo><mi>x</mi><msup><mo>)</mo><mn>2</mn></msup><mo>=</mo><mn>1</mn></math>")) == 2


def test_a_long_formula_with_a_function_may_break_too():
    mathml = "<math><mi>sin</mi><mo>&ApplyFunction;</mo><mi>x</mi><mo>&lt;</mo><mn>1</mn></math>"
    assert len(breakable(mathml)) == 2


def test_a_prime_stands_beside_its_letter_at_full_size():
    assert not render(r"$f'$, $f''$, $x'_a$, $x^2$").select("msup > mo, msubsup")
    (index,) = render("$x'_a$").select("mrow > msub + mo")
    assert (index.get_text(), index["lspace"]) == ("′", "0")
    assert render("$x^2$").select("msup > mn")


def test_a_display_formula_with_a_prime_and_a_function_is_still_well_formed():
    assert render(r"$$\tanh'(x) \le 1$$").math.get_text().replace("\u2061", "") == "tanh′(x)≤1"
