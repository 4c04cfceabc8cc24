"""The words in the figures, put in the place of those that were recorded."""

import re
from pathlib import Path

import pytest

from dlbook.book import labels, serve
from dlbook.book.labels import TEXT, Labels, drawn
from dlbook.book.layout import Book
from dlbook.book.lines import wide
from dlbook.book.listings.lettering import SHARE, Word, width, words_in

BOOK = Book(Path(__file__).parents[2])
BEGINS = re.compile(r"(?<=translate\()\S+")  # a line that is centred begins where its words do
FIGURES = sorted(BOOK.figures.rglob("*.svg"))
SAID = {
    ("", "step {}"): "第 {} 步",
    ("", "loss"): "损失",
    ("", "a & b"): "甲 & 乙",
    ("x/y", "loss"): ["误差", "差"],
    ("", "{} of {}"): "{} 个，共 {} 个",
}
TABLE = Labels(SAID, {"x/y": ["step"]})


def text(label: str) -> str:
    return f'<text style="fill: var(--ink)" x="1">{label}</text>'


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("step 12", "第 12 步"), ("step 4,000", "第 4,000 步"), ("step 0.5", "第 0.5 步"), ("3 of 8", "3 个，共 8 个"),
        ("step", "step"), ("a step 2", "a step 2"), ("loss", "损失"), ("losses", "losses"), ("a &amp; b", "甲 &amp; 乙"), ("&lt;a&gt;", "&lt;a&gt;"),
    ],
)  # fmt: skip
def test_a_label_is_replaced_as_a_whole_and_keeps_its_numbers(label, said):
    assert drawn(text(label), "lrn/edge", TABLE) == text(said)


def test_a_figure_has_words_of_its_own_one_for_each_time():
    assert drawn(text("loss") * 3, "x/y", TABLE) == text("误差") + text("差") * 2


def test_what_is_no_text_stays():
    formula = '<g transform="translate(1 2)"><text><tspan x="1">loss</tspan></text></g><text x="1" /><style>loss</style><title>loss</title>'
    assert drawn(formula, "lrn/edge", TABLE) == formula


def test_a_book_without_a_table_shows_its_figures_as_recorded(write_book):
    book = write_book({"docs/theme/figures/sums/two.svg": text("loss")})
    assert list(labels.others(book, "zh")) == []
    assert labels.read(book, book.figures / "sums/two.svg", "zh") == text("loss")


def test_only_the_further_language_has_other_drawings(write_book):
    book = write_book(
        {
            "docs/theme/figures/sums/two.svg": text("loss"),
            "docs/theme/figures/sums/one.svg": text("1"),
            "docs/labels.yml": "zh: {words: {loss: 损失}}\n",
        }
    )
    file = book.figures / "sums/two.svg"
    assert list(labels.others(book, "zh")) == [(file, text("损失"))]
    assert list(labels.others(book, "en")) == []


@pytest.mark.parametrize("file", FIGURES, ids=lambda file: labels.name_of(BOOK, file))
def test_a_chinese_drawing_differs_in_its_words_only_and_they_have_room(file):
    recorded, made = file.read_text("utf8"), labels.read(BOOK, file, "zh")
    assert BEGINS.sub("", TEXT.sub(r"\g<start>", recorded)) == BEGINS.sub("", TEXT.sub(r"\g<start>", made))
    for was, now in zip(words_in(recorded), words_in(made), strict=True):
        left, right = ends(now)
        a, b = ends(was)
        assert left >= min(a, 0) - 1, now.words
        assert right <= max(b, width(made)) + 1, now.words


def ends(word: Word) -> tuple[float, float]:
    left = word.x - SHARE[word.anchor] * word.size * wide(word.words)
    return left, left + word.size * wide(word.words)


def lines(*found: tuple[float, float, str]) -> str:
    return "\n".join(
        f'<text style="font-size: 10px" transform="translate({x:.2f} {y})">{label}</text>' for x, y, label in found
    )


def test_lines_of_a_label_are_centred_again():
    recorded = lines((50 - 5 * wide("loss"), 10, "loss"), (50 - 5 * wide("5×12"), 22, "5×12"))
    made = drawn(recorded, "lrn/edge", TABLE)
    assert made == lines((40, 10, "损失"), (50 - 5 * wide("5×12"), 22, "5×12"))


CENTRED = 9.0 + 5 * (wide("loss") - wide("12"))


@pytest.mark.parametrize(
    "second",
    [(9.0, 22, "many words"), (CENTRED, 300, "12"), (CENTRED, 10, "12")],
    ids=["one beginning", "far below", "beside"],
)
def test_other_words_begin_where_they_began(second):
    recorded = lines((9.0, 10, "loss"), second)
    assert drawn(recorded, "lrn/edge", TABLE) == recorded.replace("loss", "损失")


def test_a_figure_drawn_anew_is_served_with_the_words_of_each_language(write_book, tmp_path):
    book = write_book(
        {"docs/theme/figures/sums/two.svg": text("loss"), "docs/labels.yml": "zh: {words: {loss: 损失}}\n"}
    )
    builder = serve.Builder(book, tmp_path / "served", "http://localhost/")
    assert book.labels in builder.watched("zh")
    builder._copy_figure(book.figures / "sums/two.svg")
    served = {
        language: (book.site(builder.site, language) / "figures/sums/two.svg").read_text("utf8")
        for language in book.languages
    }
    assert served == {"en": text("loss"), "zh": text("损失")}


@pytest.mark.xdist_group("site")
def test_the_chinese_site_serves_its_own_drawings_at_the_same_address(site):
    for file in (BOOK.figures / "index/nine_numbers.svg", BOOK.figures / "labs/clothes.curves.svg"):
        address = file.relative_to(BOOK.theme)
        assert (site / address).read_text("utf8") == file.read_text("utf8")
        assert (site / "zh" / address).read_text("utf8") == labels.read(BOOK, file, "zh") != file.read_text("utf8")


@pytest.mark.xdist_group("site")
def test_the_chinese_notebook_has_the_words_of_its_page(site):
    notebook = (site / "zh/notebooks/lrn.ipynb").read_text("utf8")
    assert "输入通道" in notebook
    assert ">input channel<" not in notebook
    assert ">input channel<" in (site / "notebooks/lrn.ipynb").read_text("utf8")
