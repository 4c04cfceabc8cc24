"""A listing that takes long is not run again while its ledger holds; the page tells of the run."""

import json

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown
from mkdocs_page import FilePage

from dlbook.book.checks import problems
from dlbook.book.listings.includes import Include
from dlbook.book.listings.ledger import Ledger, code_digest

pytestmark = pytest.mark.looks_at("src/dlbook/book/**/*")
FENCE = "```"
CODE = "# about two minutes\nfrom pathlib import Path\n\nfrom sums import add\n\nprint(add(1, float(Path('snippets/sums/data.csv').read_text())))\n"


def blocks(*kinds_and_names: str, output: bool = True) -> str:
    """A page of listings; "long: slow" gives the block a class."""
    text = "# Page\n\n"
    for each in kinds_and_names:
        kind, _, name = each.rpartition(": ")
        info = f"{{.python{''.join(f' .{word}' for word in kind.split())}}}"
        text += f'{FENCE}{info}\n--8<-- "sums/{name}.py"\n{FENCE}\n\n'
        text += f'{FENCE}{{.text .no-copy}}\n--8<-- "sums/{name}.out"\n{FENCE}\n\n' if output else ""
    return text


@pytest.fixture
def book(write_book, run_pytest):
    """A book with a long listing, recorded."""
    quick = {f"snippets/sums/q{n}.py": f"print({n})\n" for n in range(4)}
    page = blocks(*(f"q{n}" for n in range(4)), "long: slow")
    files = {
        "snippets/sums/slow.py": CODE,
        "snippets/sums/data.csv": "2",
        "docs/en/slow.md": page,
        "docs/zh/slow.md": page,
    }
    made = write_book({**files, **quick})
    assert "snippets/sums/slow.ledger.json" in run_pytest(made, "--record")
    return made


def ledger(book):
    return Ledger(book, (Include("sums/slow.py"),))


def edit(file, old, new):
    text = file.read_text("utf8")
    assert old in text
    file.write_text(text.replace(old, new), "utf8")


def test_it_says_what_the_run_was_made_from(book):
    entry = ledger(book).entry
    assert set(entry["modules"]) == {"src/sums.py"}
    assert set(entry["data"]) == {"snippets/sums/data.csv"}
    assert entry["device"] == "cpu"
    assert entry["megabytes"] > 10
    assert ledger(book).changes() == []


def test_a_long_listing_is_not_run_while_its_ledger_holds(book, run_pytest):
    report = run_pytest(book, "--no-listing-cache")
    assert "6 run, 6 cached" not in report
    assert "2 taken from their ledger" in report
    assert "failed" not in report
    assert "0 taken from their ledger" in run_pytest(book, "--no-listing-cache", "--long")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("snippets/sums/slow.py", "add(1,", "add(2,", "changed since: the listing itself"),
        ("src/sums.py", "a + b", "a - b", "changed since: src/sums.py"),
        ("snippets/sums/data.csv", "2", "3", "changed since: snippets/sums/data.csv"),
    ],
)
def test_a_change_makes_it_stale_and_is_named(book, run_pytest, file, old, new, said):
    edit(book.root / file, old, new)
    report = run_pytest(book)
    assert said in report
    assert "make record" in report
    assert any(said in str(problem) for problem in problems(book))
    run_pytest(book, "--record", "docs/en/slow.md")
    assert ledger(book).changes() == []


def test_another_version_makes_it_stale(book):
    recorded = book.snippets / "recorded_on.json"
    recorded.write_text(json.dumps({"processor": "another", "torch": "9.9"}), "utf8")
    assert ledger(book).changes() == [
        f"torch was {ledger(book).entry['machine'].get('torch')}, the book is recorded with 9.9"
    ]


def test_what_changes_nothing_keeps_it(book):
    edit(book.root / "src/sums.py", "    return", '    """Add two numbers."""\n    # as at school\n    return')
    edit(book.root / "snippets/sums/slow.py", "# about two minutes", "# a few minutes")
    assert ledger(book).changes() == []


def test_each_python_reads_the_same_in_a_module(tmp_path):
    """Python 3.12 and 3.13 write a syntax tree in other words; a ledger of 3.11 must hold there."""
    file = tmp_path / "some.py"
    file.write_text(
        'class A(B):\n    """A."""\n    x: int = 1\n\n    async def f(self, *a): return [lambda: f"{a[0]:.3f}"]\n',
        "utf8",
    )
    assert code_digest(file)[:12] == "edd78895759f"


OUTSIDERS = """__version__ = "2.0"


def __getattr__(name):
    raise AttributeError(name)


def __dir__():
    return ["add"]


"""


def test_what_only_outsiders_ask_for_by_name_keeps_it(book):
    edit(book.root / "src/sums.py", "# --8<-- [start:add]", OUTSIDERS + "# --8<-- [start:add]")
    assert ledger(book).changes() == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return a + b", "return a - b"),  # a function beside them
        ('"2.0"', 'str(print("loaded"))'),  # a version that is not written down does something
        ("__version__", "version"),
        ("def __dir__", "def names"),
        ("def __getattr__", "@print\ndef __getattr__"),  # what decorates it is run when the module is loaded
        ("def __dir__():", "class Sums:\n  def __dir__():"),  # a class's own is asked by its functions
    ],
)
def test_what_stands_beside_them_does_not(book, old, new):
    file = book.root / "src/sums.py"
    edit(file, "# --8<-- [start:add]", OUTSIDERS + "# --8<-- [start:add]")
    edit(file, old, new)
    assert ledger(book).changes() == ["src/sums.py"]


def test_within_a_package_they_are_part_of_what_it_does(tmp_path):
    """`from package.part import name` may come from the `__getattr__` of a part."""
    part, whole = tmp_path / "package/part.py", tmp_path / "package/__init__.py"
    whole.parent.mkdir()
    for file, counts in ((whole, False), (part, True)):
        file.write_text("", "utf8")
        before = code_digest(file)
        file.write_text(OUTSIDERS, "utf8")
        assert (code_digest(file) != before) == counts


def test_a_listing_s_own_are_part_of_what_it_does(book):
    edit(book.snippets / "sums/slow.py", "print(", '__version__ = "2.0"\nprint(')
    assert ledger(book).changes() == ["the listing itself"]


def test_without_a_ledger_it_is_stale(book, run_pytest):
    ledger(book).file.write_text("{", "utf8")
    assert "slow.ledger.json is not there, or cannot be read" in run_pytest(book)
    ledger(book).file.unlink()
    assert "slow.ledger.json is not there, or cannot be read" in run_pytest(book)


def test_run_it_is_compared(book, run_pytest):
    (book.root / "snippets/sums/slow.out").write_text("4.0\n", "utf8")
    assert "failed" not in run_pytest(book)
    assert "gives something else than recorded" in run_pytest(book, "--long")


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (("q0", "long: slow"), "1 of 2 listings are .long, at most a fifth may be"),
        (("q0", "q1", "q2", "long: slow", "continuation: q3"), "a .long listing has no steps after it"),
    ],
)
def test_long_listings_are_few_and_nothing_waits_for_one(book, kinds, said):
    for language in ("en", "zh"):
        (book.docs / language / "slow.md").write_text(blocks(*kinds), "utf8")
    assert any(said in str(problem) for problem in problems(book))


def test_a_lab_may_be_long_as_a_whole(book):
    """Its steps go on from one another, and each is long: so none that is quick has to wait."""
    lab = blocks("long: slow", "continuation long: slow").replace(".continuation", "continuation")
    for language in ("en", "zh"):
        (book.docs / language / "slow.md").unlink()
        (book.docs / language / "labs").mkdir()
        (book.docs / language / "labs/slow.md").write_text(lab, "utf8")
    assert not [problem for problem in problems(book) if ".long" in str(problem)]
    (book.docs / "en/labs/slow.md").write_text(lab + blocks("continuation: q0").replace(".con", "con"), "utf8")
    assert any("a .long listing has no steps after it that are not" in str(problem) for problem in problems(book))


def test_its_first_line_says_how_long(book):
    edit(book.root / "snippets/sums/slow.py", "# about two minutes\n", "")
    assert any("says how long it takes" in str(problem) for problem in problems(book))


def test_ten_minutes_are_the_most(book):
    entry = ledger(book).entry
    ledger(book).file.write_text(json.dumps({**entry, "seconds": 700}), "utf8")
    assert any("takes 700 seconds" in str(problem) for problem in problems(book))


def test_a_ledger_without_a_listing_is_found(book):
    (book.snippets / "sums/gone.ledger.json").write_text("{}", "utf8")
    assert any("is the ledger of no listing" in str(problem) for problem in problems(book))


@pytest.mark.parametrize(("language", "words"), [("en", "ran for"), ("zh", "运行了")])
def test_the_page_tells_of_the_run(book, language, words):
    text = (book.docs / language / "slow.md").read_text("utf8")
    md = Markdown(
        extensions=[
            "dlbook.book.markdown.light_code",
            "pymdownx.superfences",
            "pymdownx.snippets",
            "dlbook.book.markdown.copies",
        ],
        extension_configs={
            "dlbook.book.markdown.light_code": {"pygments_lang_class": True},
            "pymdownx.snippets": {"base_path": [str(book.snippets)]},
            "dlbook.book.markdown.copies": {"root": str(book.root), "language": language},
        },
    )
    md.treeprocessors.register(FilePage("slow.md"), "relpath", 0)
    cards = BeautifulSoup(md.convert(text), "html.parser").select(".highlight > details.run-card")
    assert len(cards) == 1
    assert words in cards[0].summary.text
    assert f"pytest docs/{language}/slow.md --long" in cards[0].text


COMPARISON = "import os\n\nbudget = int(os.environ.get('DLBOOK_BUDGET', 1))\na, b = ('A', 'B') if budget == 1 else {more}\nprint(f'{a} beats {b} in 5 of 5 seeds, by 1.0 to 2.0 points')\n"


@pytest.mark.parametrize(("more", "turned"), [("('A', 'B')", False), ("('B', 'A')", True)])
def test_a_verdict_that_turns_round_is_found(write_book, run_pytest, more, turned):
    code = COMPARISON.replace("{more}", more)
    book = write_book({"snippets/sums/versus.py": code, "docs/en/versus.md": blocks("versus")})
    run_pytest(book, "--record", "docs/en/versus.md")
    report = run_pytest(book, "docs/en/versus.md", "docs/en/sums.md", "--budget", "4")
    assert ("a verdict turns round" in report) == turned
    assert "skipped" in report  # what compares nothing
