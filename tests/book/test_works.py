"""Works of others: a page names those that its listings load, and nothing comes with a book without its author."""

import ast

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from dlbook.book.checks.works import brought_along
from dlbook.book.markdown.credits import credit
from dlbook.book.works import ANYTHING, Use, WorksError, claimed, shown_on, uses, works

WORKS = """works:
  rose:
    title: { en: A rose, zh: 玫瑰 }
    by: Ann
    source: https://example.org/rose
    licence: CC BY 2.0
    licence_at: https://example.org/by
    changes: { en: shrunk, zh: 缩小 }
    in_full: true
    loaded_by: [lib.photo(rose), lib.photo(), '"roses"']
    files: [src/data/rose.bin]
  numbers:
    title: Numbers
    by: Bob
    source: https://example.org/numbers
    licence: { en: public domain, zh: 公有领域 }
    changes: { en: none, zh: 未改动 }
    loaded_by: [lib.numbers]
ours: [src/data/README.md]
"""


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("from lib import photo\nphoto('rose')", ["rose"]),
        ("from lib import photo as p\np(width=3)", ["rose"]),
        ("import lib\nlib.photo(name='rose')", ["rose"]),
        ("import lib as l\nfor n in names:\n    l.photo(n)", ["rose"]),
        ("from lib import photo\nall(map(photo, names))", ["rose"]),
        ("from lib import photo\nphoto('lily')", []),
        ("import lib\nx = lib.numbers", ["numbers"]),
        ("run(['--data', 'roses'])", ["rose"]),
        ("import lib.more\nlib.more.photo('rose')", []),
        ("photo('rose')", []),
        ("def photo(:", []),
    ],
)
def test_what_a_listing_loads_is_read_off_its_code(write_book, code, found):
    book = write_book({"docs/works.yml": WORKS, "snippets/sums/two.py": code})
    assert [work.name for work in shown_on(book, book.docs / "en/sums.md")] == found


def test_a_use_is_a_full_name_and_a_first_argument():
    tree = ast.parse("from a.b import f\nimport c\nf('x')\nf(y)\nf()\nc.d.g\n")
    assert {use for use in uses(tree) if use.function} == {
        Use("a.b.f", "x"),
        Use("a.b.f", ANYTHING),
        Use("a.b.f", None),
        Use("c.d.g", ANYTHING),
        Use("c.d", ANYTHING),
        Use("c", ANYTHING),
    }


def test_an_interactive_figure_brings_its_photo_along(write_book, good):
    page = good["docs/en/sums.md"] + "\n![a](figures/sums/two.svg)\n"
    listed = WORKS.replace("src/data/rose.bin", "docs/theme/widgets/sums.weights.mjs")
    book = write_book({"docs/works.yml": listed, "docs/en/sums.md": page, "docs/theme/widgets/sums.weights.mjs": ""})
    assert [work.name for work in shown_on(book, book.docs / "en/sums.md")] == ["rose"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_ends_with_authors_sources_licences_and_changes(write_book, language):
    book = write_book({"docs/works.yml": WORKS})
    line = credit(list(works(book).values()), language, "reuse.md")
    html = BeautifulSoup(Markdown().convert(line), "html.parser")
    assert [a["href"] for a in html.find_all("a")] == [
        "https://example.org/rose",
        "https://example.org/by",
        "reuse.md",
    ]
    for words in {"en": ("A rose", "Ann", "CC BY 2.0", "shrunk"), "zh": ("玫瑰", "Ann", "缩小", "公有领域")}[language]:
        assert words in html.get_text()
    assert credit([], language, "reuse.md") == ""


def test_the_page_that_lists_them_has_a_place_for_each(write_book):
    book = write_book({"docs/works.yml": WORKS})
    options = {"dlbook.book.markdown.credits": {"root": str(book.root), "language": "zh"}}
    md = Markdown(extensions=["attr_list", "dlbook.book.markdown.credits"], extension_configs=options)
    html = BeautifulSoup(md.convert("# 列表\n\n[[works]]\n"), "html.parser")
    assert [item.a["id"] for item in html.find_all("li")] == ["work-rose", "work-numbers"]
    assert "玫瑰，作者 Ann。CC BY 2.0。缩小。" in html.li.get_text()


def test_files_of_the_package_fonts_and_networks_need_an_owner(write_book):
    files = {f"src/data/{name}": "" for name in ("rose.bin", "README.md", "other.bin", "code.py")}
    book = write_book({"docs/works.yml": WORKS, **files, "docs/theme/fonts/a.woff2": "", "docs/theme/a.svg": ""})
    found = brought_along(book)
    assert [book.relative(file) for file in found if not claimed(book, file)] == [
        "docs/theme/a.svg",
        "docs/theme/fonts/a.woff2",
        "src/data/other.bin",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    by: Ann\n", "", "rose lacks by"),
        ("    by: Ann\n", "    by: Ann\n    from: Paris\n", "rose has from"),
        ("{ en: shrunk, zh: 缩小 }", "{ en: shrunk }", "changes of rose must be"),
    ],
)
def test_a_faulty_entry_is_refused(write_book, old, new, said):
    with pytest.raises(WorksError, match=said):
        works(write_book({"docs/works.yml": WORKS.replace(old, new)}))
