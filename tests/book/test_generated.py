"""What follows from the chapters is generated; a chapter is begun by one command."""

import subprocess
import sys

import pytest

from dlbook.book import chapter, generated
from dlbook.book.checks import CHECKS, problems
from dlbook.book.layout import Book
from dlbook.book.markdown import prose
from dlbook.book.markdown.outline import read_config

SECTIONS = """nav:
  - Home: index.md
  - Day 1:
      - Sums: sums.md
  - Day 2:
      - Later: later.md
  - About:
      - Glossary: glossary.md
      - How to read: how_to_read.md
      - Reference:
          - Old: reference/old.md # its chapter is gone
          - Data: reference/data.md
      - Tests:
          - Sums: checks/sums.md
"""
CHINESE = (
    SECTIONS.replace("Sums:", "加:").replace("Later:", "以后:").replace("Day 1", "第一天").replace("Day 2", "第二天")
)
FRONT = "---\ndescription: {0}\nquestion: {0}?\nneeds: [{1}]\n---\n"


@pytest.fixture
def book(write_book, good):
    extensions = good["mkdocs.yml"].partition("\n")[2]
    files = {
        "mkdocs.yml": SECTIONS + extensions,
        "mkdocs.zh.yml": "INHERIT: mkdocs.yml\n" + CHINESE,
        "src/later/__init__.py": "from later.one import first\n",
        "src/later/one.py": "def first(): ...\n",
        "src/later/two.py": "def second(): ...\n",
        "src/later/_own.py": "def hidden(): ...\n",
    }
    for language, words in (("en", ("adding", "waiting")), ("zh", ("相加", "等待"))):
        days = ("Day 1", "Day 2") if language == "en" else ("第一天", "第二天")
        files |= {
            f"docs/{language}/sums.md": FRONT.format(words[0], "") + good[f"docs/{language}/sums.md"],
            f"docs/{language}/later.md": FRONT.format(words[1], "sums") + "# Later { #later }\n",
            f"docs/{language}/index.md": f"# Home\n\n## {days[0]} {{ #day-1 }}\n\n- x (to come)\n\n## {days[1]} {{ #day-2 }}\n\n- y (to come)\n",
            f"docs/{language}/how_to_read.md": f"# How\n\n## {days[0]} {{ #d1 }}\n\n| a | b | c | d |\n| --- | --- | --- | --- |\n\n## {days[1]} {{ #d2 }}\n\n| a | b | c | d |\n| --- | --- | --- | --- |\n",
            f"docs/{language}/reference/data.md": "# Data\n",
            f"docs/{language}/checks/sums.md": "old\n",
            f"docs/{language}/glossary.md": good[f"docs/{language}/glossary.md"].replace(
                "(sums.md)", "(sums.md), [later](later.md)"
            ),
        }
    return write_book(files)


def text(book, name):
    return (book.root / name).read_text("utf8")


def test_all_that_follows_is_written_and_then_nothing_is_left_to_write(book):
    assert list(CHECKS["what_is_generated_is_up_to_date"](book))
    written = {book.relative(path) for path in generated.update(book)}
    assert {"docs/en/reference/later.md", "docs/zh/checks/sums.md", "mkdocs.zh.yml", "docs/en/index.md"} <= written
    assert generated.update(book) == []
    assert list(CHECKS["what_is_generated_is_up_to_date"](book)) == []
    assert list(CHECKS["nav_and_pages_agree"](book)) == []
    assert list(CHECKS["every_module_stands_in_the_reference"](book)) == []


def test_pages_beside_a_chapter(book):
    generated.update(book)
    reference = text(book, "docs/en/reference/later.md")
    assert "Import these from `later`" in reference
    assert reference.endswith("`first`.\n\n::: later.one\n\n::: later.two\n")
    assert "_own" not in reference
    assert '<div lang="en" markdown="1">' in text(book, "docs/zh/reference/later.md")
    assert text(book, "docs/zh/checks/sums.md").endswith("[[equation-tests sums]]\n")


def test_nav_entries_follow_the_chapters_and_others_stay(book):
    generated.update(book)
    nav = text(book, "mkdocs.yml")
    assert (
        "          - Sums: reference/sums.md\n          - Later: reference/later.md\n          - Data: reference/data.md\n"
        in nav
    )
    assert "old.md" not in nav
    assert "          - Sums: checks/sums.md\n" in nav
    assert "checks/later.md" not in nav  # it has no labelled formula
    assert "          - 以后: reference/later.md\n" in text(book, "mkdocs.zh.yml")


def test_lists_take_their_words_from_the_front_of_the_pages(book):
    generated.update(book)
    home = text(book, "docs/en/index.md")
    assert "#day-1 }\n\n- [Sums](sums.md): adding\n- x (to come)\n" in home
    assert "#day-2 }\n\n- [Later](later.md): waiting\n- y (to come)\n" in home
    assert "- [以后](later.md)：等待\n" in text(book, "docs/zh/index.md")
    how = text(book, "docs/en/how_to_read.md")
    assert (
        "#d1 }\n\n| a | b | c | d |\n| --- | --- | --- | --- |\n| [Sums](sums.md) | adding? | nothing | 5\u00a0min |\n| *together* | | | 5\u00a0min |\n"
        in how
    )
    assert "| [Later](later.md) | waiting? | [Sums](sums.md) | 5\u00a0min |\n" in how
    page = book.docs / "en/later.md"
    page.write_text(page.read_text("utf8").replace("description: waiting", "description: patience"), "utf8")
    assert [book.relative(path) for path in generated.update(book)] == ["docs/en/index.md"]
    assert "- [Later](later.md): patience\n" in text(book, "docs/en/index.md")


def test_a_list_without_sections_is_in_the_order_of_the_chapters():
    chapters = [
        generated.Chapter(name, name, section) for name, section in (("a", "1"), ("b", "1"), ("c", "2"), ("d", "3"))
    ]
    lines = [(chapter, f"- [{chapter.name}](checks/{chapter.name}.md)") for chapter in chapters]
    made = generated.with_lines("# All\n\n- [b](checks/b.md)\n\nEnd.\n", lines)
    assert made == "# All\n\n" + "\n".join(line for _, line in lines) + "\n\nEnd.\n"
    apart = generated.with_lines(
        "# 1\n\n- [a](a.md)\n\n# 2\n\n- [x](x.md)\n", [(chapters[0], "- [a](a.md)"), (chapters[2], "- [c](c.md)")]
    )
    assert apart == "# 1\n\n- [a](a.md)\n\n# 2\n\n- [c](c.md)\n- [x](x.md)\n"


def test_a_chapter_is_begun_by_one_command_and_few_files_are_left_to_write(book):
    generated.update(book)
    before = set(map(str, problems(book)))
    written = chapter.begin(book, "halves", "sums", {"en": "Halves", "zh": "一半"})
    found = [str(problem) for problem in problems(book) if str(problem) not in before]
    left = {problem.partition(":")[0] for problem in found}
    assert left == {"docs/en/halves.md", "docs/zh/halves.md"}, "the words that only a person can write"
    assert all("is still the skeleton's" in problem for problem in found)
    by_hand = {"src/halves.py", "tests/test_halves.py", "snippets/halves/first_look.py"}
    by_hand |= {f"docs/{language}/{page}.md" for language in ("en", "zh") for page in ("halves", "glossary")}
    assert by_hand <= {book.relative(path) for path in written}
    assert len(by_hand) <= 8
    assert "      - Sums: sums.md\n      - Halves: halves.md\n" in text(book, "mkdocs.yml")
    assert "| halves | 一半 | … | [Halves](halves.md) |" not in text(book, "docs/zh/glossary.md")


@pytest.mark.parametrize("title", ["Halves: of what?", '"Halves"', "# 1/2", "No"])
def test_a_title_may_hold_signs_that_yaml_means_something_by(book, title):
    chapter.begin(book, "halves", "sums", {"en": title, "zh": "一半"})
    for language, named in (("en", title), ("zh", "一半")):
        assert (named, "halves.md") in [
            entry[1:] for entry in generated.nav_entries(read_config(book.config(language))["nav"])
        ]
    assert generated.update(book) == []


@pytest.mark.parametrize("title", ["[halves]", "a | b"])
def test_a_title_that_would_break_the_lists_is_refused_and_nothing_is_written(book, title):
    before = {path: path.read_bytes() for path in book.root.rglob("*") if path.is_file()}
    with pytest.raises(chapter.ChapterError, match="holds no"):
        chapter.begin(book, "halves", "sums", {"en": "Halves", "zh": title})
    assert {path: path.read_bytes() for path in book.root.rglob("*") if path.is_file()} == before


def test_the_listing_of_a_new_chapter_runs_and_its_output_is_recorded(book, run_pytest):
    chapter.begin(book, "halves", "sums", {"en": "Halves", "zh": "一半"})
    assert "2 passed" in run_pytest(book, "docs/en/halves.md", "docs/zh/halves.md")


@pytest.mark.parametrize(
    ("name", "after", "titles", "what"),
    [
        ("Halves", "sums", ("Halves", "一半"), "small letters, digits and _, got 'Halves'"),
        ("two words", "sums", ("Halves", "一半"), "got 'two words'"),
        ("halves", "nothing", ("Halves", "一半"), "--after nothing: there is no such chapter; there are sums, later"),
        ("sums", "later", ("Sums", "加"), "is there already"),
        ("halves", "sums", ("Halves", None), "--zh is missing: the chapter needs a title in each language"),
    ],
)
def test_what_cannot_be_begun_is_refused_and_nothing_is_written(book, name, after, titles, what):
    before = {path: path.read_bytes() for path in book.root.rglob("*") if path.is_file()}
    with pytest.raises(chapter.ChapterError, match=what):
        chapter.begin(book, name, after, dict(zip(("en", "zh"), titles, strict=True)))
    assert {path: path.read_bytes() for path in book.root.rglob("*") if path.is_file()} == before


@pytest.mark.looks_at("src/dlbook/book/**/*.py")
def test_the_command(book):
    def run(*arguments):
        command = [sys.executable, "-m", "dlbook.book.chapter", *arguments]
        return subprocess.run(command, cwd=book.root, capture_output=True, text=True, encoding="utf8")

    assert "docs/en/index.md" in run("--update").stdout
    assert run("--update").stdout.strip() == ""
    assert "src/halves.py" in run("halves", "--after", "sums", "--en", "Halves", "--zh", "一半").stdout
    assert "is there already" in run("halves", "--after", "sums", "--en", "Halves", "--zh", "一半").stderr
    assert "give the name of a new chapter, or --update" in run().stderr


def test_a_book_without_a_reference_gets_none(write_book):
    book = write_book({"docs/en/checks/sums.md": None})
    assert isinstance(book, Book)
    assert generated.update(book) == []


def test_what_the_search_knows_is_that_of_the_glossary(write_book):
    table = "\n\n## Other names\n\n| here | also |\n| --- | --- |\n| sum | total, plus |\n| product | – |\n"
    book = write_book(
        {
            "docs/theme/search.js": "",
            "docs/en/glossary.md": "| a | b | c |\n|---|---|---|\n| sum | 和 | [s](sums.md) |" + table,
        }
    )
    assert prose.other_names(book) == {"total": ["sum"], "plus": ["sum"]}
    assert prose.defining_pages(book) == {"sum": "sums/", "和": "sums/"}
    file = book.theme / generated.SEARCH_NAMES
    assert file in generated.wanted(book)
    generated.update(book)
    assert 'var dlAlso = {"plus": ["sum"], "total": ["sum"]}\n' in file.read_text("utf8")
    assert file not in generated.wanted(book)
    (book.theme / generated.SEARCH).unlink()
    assert file not in generated.wanted(book)
