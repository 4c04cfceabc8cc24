"""Tables that become cards on a phone, the letters above a list of terms, and the table of the promises."""

import datetime
import itertools
import re

import pytest
from browsing import BOOK
from bs4 import BeautifulSoup
from markdown import Markdown
from mkdocs_page import FilePage

from dlbook.book import promises as kept
from dlbook.book.layout import Book
from dlbook.book.markdown import initials, prose

TERMS = """| English | 中文 | Meaning | Page |
| --- | --- | --- | --- |
| attention | 注意力 | *looks* | [a](a.md) |
| dropout | dropout | drops | [b](b.md) |
| kernel size | 卷积核大小 | size | [c](c.md) |

| Name | Also |
| --- | --- |
| a | b |
"""


def made(text, page="glossary.md", **options):
    md = Markdown(
        extensions=["tables", "dlbook.book.markdown.tables"],
        extension_configs={
            "dlbook.book.markdown.tables": {"cards": ["glossary.md"], "letters": ["glossary.md"], **options}
        },
    )
    md.treeprocessors.register(FilePage(page), "relpath", 0)
    return BeautifulSoup(md.convert(text), "html.parser")


def test_each_cell_carries_the_name_of_its_column():
    soup = made(TERMS)
    assert [cell["data-column"] for cell in soup.select("tbody tr")[0].select("td")] == [
        "English",
        "中文",
        "Meaning",
        "Page",
    ]
    assert {part.name: part["role"] for part in soup.select("[role]")} == {
        "table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader", "td": "cell",
    }  # fmt: skip
    assert [table["data-cards"] for table in soup.select("table")] == ["terms", ""]
    assert not soup.select("table[class]"), "the theme draws and wraps tables that have none"


def test_the_letters_lead_to_the_first_term_of_each():
    soup = made(TERMS)
    assert [(link.get_text(), link["href"]) for link in soup.select(".book-letters a")] == [
        ("A", "#term-attention"), ("D", "#term-dropout"), ("K", "#term-kernel-size"),
    ]  # fmt: skip
    assert [row["id"] for row in soup.select("table")[0].select("tbody tr")] == [
        "term-attention",
        "term-dropout",
        "term-kernel-size",
    ]
    assert soup.nav.find_next("table") is soup.table
    assert [cell.get_text() for cell in soup.select("[data-same]")] == ["dropout"]


def test_in_chinese_terms_stand_in_the_order_of_their_pinyin_and_keep_their_ids():
    soup = made(TERMS, column=1, language="zh")
    assert [link.get_text() for link in soup.select(".book-letters a")] == ["D", "J", "Z"]
    rows = soup.select("table")[0].select("tr")
    assert [row.find(["th", "td"]).get_text() for row in rows] == ["中文", "dropout", "卷积核大小", "注意力"]
    assert [row["id"] for row in rows[1:]] == ["term-dropout", "term-kernel-size", "term-attention"]
    assert soup.nav["aria-label"] != made(TERMS).nav["aria-label"]


def test_tables_of_other_pages_are_left_alone():
    soup = made(TERMS, page="lrn.md")
    assert not soup.select("[data-cards], nav, [role], [id]")


@pytest.mark.parametrize(
    ("term", "letter"),
    [("熵", "S"), ("重叠池化", "C"), ("权重", "Q"), ("曝光偏差", "B"), ("阿", "A"), ("坐标", "Z"), ("n 元组", "N"), ("1×1", "#"), ("Ω", "#"), ("癌", "A")],
)  # fmt: skip
def test_the_letter_of_a_term(term, letter):
    assert initials.initial(term) == letter


def test_every_chinese_term_of_the_glossary_has_a_letter():

    terms = [cells[1] for _, cells in prose.glossary_tables(BOOK, "zh")[0]]
    assert len(terms) > 200
    assert [term for term in terms if initials.initial(term) == "#"] == []


@pytest.fixture
def promises_page():
    """The page with the table, of a book."""

    def convert(book, text, language="en"):
        md = Markdown(
            extensions=["tables", "attr_list", "dlbook.book.markdown.promises_table"],
            extension_configs={"dlbook.book.markdown.promises_table": {"root": str(book.root), "language": language}},
        )
        return BeautifulSoup(md.convert(text), "html.parser")

    return convert


def test_the_promises_are_counted(write_book, good, promises_page):
    before = {promise.id: promise.counts for promise in kept.promises(write_book())}
    assert before["promise-1"] == {"blocks": 1}
    assert before["promise-2"] == {"texts": 1, "figures": 0}
    assert before["promise-4"] == {"formulas": 1, "tests": 1}
    assert before["promise-7"] == {"pages": 4}
    listing = '\n```python\n--8<-- "sums/two.py"\n```\n\n$$\nb\n\\label{more}\n$$\n\nAll of 12345.\n\n[Peano]'
    book = write_book({"docs/en/sums.md": good["docs/en/sums.md"].replace("\n[Peano]", listing, 1)})
    after = {promise.id: promise.counts for promise in kept.promises(book)}
    assert after["promise-1"] == {"blocks": 2}
    assert after["promise-4"] == {"formulas": 2, "tests": 1}
    assert after["promise-5"]["numbers"] == before["promise-5"]["numbers"] + 1
    assert after["promise-6"]["elements"] > before["promise-6"]["elements"]


def test_the_table_names_each_promise_as_its_heading_does(write_book, promises_page):
    text = "[[promises]]\n\n### Every block runs { #promise-1 }\n\n### 每个输出 { .x #promise-2 }\n"
    for language, head in (("en", "Promise"), ("zh", "承诺")):
        soup = promises_page(write_book(), text, language)
        assert soup.th.get_text() == head
        rows = [[cell.get_text() for cell in row.select("td")] for row in soup.select("tbody tr")]
        assert [row[0] for row in rows] == ["Every block runs", "每个输出", *(f"promise-{i}" for i in range(3, 8))]
        assert all(re.search(r"\d", row[2]) for row in rows)
        assert [link["href"] for link in soup.select("td a")] == [f"#promise-{i}" for i in range(1, 8)]


def test_the_last_run_is_the_day_of_the_last_change(tmp_path):

    day = kept.last_change(BOOK)
    assert day is None or datetime.date.fromisoformat(day)
    assert kept.last_change(Book(tmp_path)) is None, "no repository, no day"
    assert kept.last_long_run(Book(tmp_path)) is None


def test_the_last_long_run_is_the_newest_of_the_ledgers(write_book):
    dates = ["2026-01-02", "2026-03-01", "2025-12-31"]
    files = {
        f"snippets/sums/l{i}.ledger.json": f'{{\n "date": "{day}"\n}}'
        for i, day in zip(itertools.count(), dates, strict=False)
    }
    assert kept.last_long_run(write_book(files)) == "2026-03-01"
