"""How long a page takes is counted, and the map of the chapters is drawn from what they need."""

import re
from pathlib import Path

import markdown
import pytest

from dlbook.book import generated, phrases, reading
from dlbook.book.generated import Chapter
from dlbook.book.layout import Book, OptionError, Options
from dlbook.book.markdown import chapter_map

BOOK = Book(Path(__file__).parents[2])
FENCE = "```"
PAGE = f"""---
description: not read
---
# Four words stand here {{ #id }}

$$
a + b = c
$$

One [two](https://example.org/not/read) $x + y + z$ four.

![Words of a figure](figures/a.svg)

{FENCE}python
--8<-- "x/code.py"
{FENCE}

??? code "Drawn"

    {FENCE}python
    --8<-- "x/code.py"
    {FENCE}

    More words.

Last:

??? solution "Answer"

    {FENCE}python
    --8<-- "x/code.py"
    {FENCE}
"""


@pytest.fixture
def counted(tmp_path):
    def of(page: str, language: str = "en") -> Book:
        for name, text in {
            f"docs/{language}/x.md": page,
            "snippets/x/code.py": "a = 1\n\nb = 2\n",
            "mkdocs.yml": "nav: []\n",
        }.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, "utf8")
        return Book(tmp_path)

    return of


def test_words_are_those_that_are_read(counted):
    headings, boxes = 4, 2  # a box says its kind in its mark; the name of one that holds code is not read
    assert reading.words(counted(PAGE), "x", "en") == headings + 1 + 4 + boxes + 2 + 1


def test_lines_in_a_fold_that_draws_are_not_read_and_those_of_a_solution_are(counted):
    assert reading.lines(counted(PAGE), "x", "en") == 2 + 2


def test_225_signs_of_chinese_count_as_200_words(counted):
    assert reading.words(counted("字" * 450 + " NumPy", "zh"), "x", "zh") == 401


@pytest.mark.parametrize(("words", "minutes"), [(1, 5), (1400, 5), (1600, 10), (12000, 60), (13000, 65)])
def test_minutes_are_rounded_to_five(counted, words, minutes):
    assert reading.minutes(counted("word " * words), "x", "en") == minutes


@pytest.mark.parametrize(
    ("minutes", "en", "zh"), [(45, "45 min", "45 分钟"), (60, "1 h", "1 小时"), (85, "1 h 25 min", "1 小时 25 分钟")]
)
def test_a_duration_in_words(minutes, en, zh):
    said = [reading.duration(minutes, phrases.of(language)).replace("\u00a0", " ") for language in ("en", "zh")]
    assert said == [en, zh]


def test_the_limit_of_words_is_a_number(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.book]\nwords_at_most = "many"\n')
    with pytest.raises(OptionError, match="words_at_most must be a whole number, got 'many'"):
        Options.read(tmp_path / "pyproject.toml")


TABLE = "| [A](a.md) | ? | – | 1 |\n| [B](b.md) | ? | – | 2 |\n"


@pytest.mark.parametrize("behind", ["\nWords.\n", "| *together* | | | old |\n\nWords.\n"])
def test_a_table_of_chapters_ends_with_their_sum(behind):
    text = generated.with_hours(TABLE + behind, {"a": 45, "b": 35}, phrases.of("en"))
    assert text == TABLE + "| *together* | | | 1\u00a0h 20\u00a0min |\n\nWords.\n"


CHAPTERS = [
    Chapter("a", "A", "1", {}),
    Chapter("b", "B", "1", {"needs": ["a"]}),
    Chapter("c", "C", "2", {"needs": ["a"]}),
    Chapter("d", "D", "2", {"needs": ["b", "c"]}),
]


def test_each_section_has_a_row_for_its_name():
    assert chapter_map.rows(CHAPTERS) == {"a": 1, "b": 2, "c": 4, "d": 5}


@pytest.mark.parametrize("chapters", [CHAPTERS, generated.chapters(BOOK, BOOK.first)], ids=["few", "the book's"])
def test_no_two_lines_share_a_place(chapters):
    """A line holds its lane from its chapter to the last that needs it."""
    place, lane = chapter_map.rows(chapters), chapter_map.lanes(chapters)
    for one in chapters:
        rows = [place[one.name], *(place[other.name] for other in chapters if one.name in other.needs)]
        between = [c for c in chapters if c is not one and min(rows) <= place[c.name] < max(rows)]
        assert lane[one.name] not in {lane[c.name] for c in between}


def test_a_line_leads_from_dot_to_dot():
    path = chapter_map.line((0, 1), (2, 4))
    x, y, *_, end = map(int, re.findall(r"-?\d+", path))
    middle, lane = chapter_map.ROW // 2, chapter_map.LANE
    assert (x, y) == (lane // 2, middle - 3 * chapter_map.ROW), "the dot three rows above"
    assert end == 2 * lane + lane // 2


def test_the_map_has_every_chapter_with_a_line_from_each_that_it_needs(write_book):
    page = "---\nneeds: [sums]\n---\n# More\n"
    book = write_book(
        {
            "docs/en/more.md": page,
            "docs/zh/more.md": page,
            "mkdocs.yml": "nav: [{Day: [{Sums: sums.md}, {More: more.md}]}, {About: glossary.md}]\n",
        }
    )
    html = markdown.markdown("[[chapter-map]]", extensions=[chapter_map.ChapterMapExtension(root=str(book.root))])
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', html) == [("sums.md", "Sums"), ("more.md", "More")]
    sums, more = html.split("<a ")[:2]
    assert (sums.count("<path"), more.count("<path")) == (0, 1)
    assert "More. Read before it: Sums." in html
    assert re.findall(r"<strong>([^<]+)</strong><span>([^<]+)</span>", html) == [("Day", "10\u00a0min")]
