"""What keeps each promise of the book, how much of the book it looks at, and when it ran last: counted, never typed."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dlbook.book.layout import GENERATED, Book
from dlbook.book.listings.ledger import SUFFIX
from dlbook.book.markdown import pages, prose
from dlbook.book.markdown.equation_tests import equation_tests

EACH_CHANGE, ON_A_GPU = "each_change", "on_a_gpu"


@dataclass(frozen=True)
class Promise:
    """One promise of the page "How this book is checked".

    Attributes:
        id: that of its heading.
        test: what keeps it, as one types or opens it.
        counts: how much it looks at, by what is counted.
        runs: when it runs: with each change, or on a machine with a GPU.
    """

    id: str
    test: str
    counts: dict[str, int] = field(default_factory=dict)
    runs: str = EACH_CHANGE


def promises(book: Book) -> list[Promise]:
    """The seven, in the order of the page."""
    listings = dict(_listings(book))
    formulas, numbers = dict(_formulas(book)), dict(_numbers(book))
    blocks = {"blocks": listings.pop("blocks")}
    kept = [
        ("tests/test_reader.py", blocks, EACH_CHANGE),
        ("tests/test_book.py", listings, EACH_CHANGE),
        ("pytest --device cuda", blocks, ON_A_GPU),
        ("make check", formulas, EACH_CHANGE),
        ("make check", numbers, EACH_CHANGE),
        ("make check", {"twins": len(book.pages(book.first)), "elements": _elements(book)}, EACH_CHANGE),
        ("tests/test_site.py", {"pages": len(list(book.all_pages()))}, EACH_CHANGE),
    ]
    return [Promise(f"promise-{i}", *each) for i, each in enumerate(kept, 1)]


def _first(book: Book) -> list[Path]:
    """The pages of the first language that people wrote."""
    return [book.docs / book.first / page for page in book.pages(book.first) if page.parts[0] not in GENERATED]


def _listings(book: Book) -> Iterator[tuple[str, int]]:
    """Python blocks that are run, texts that they print, figures that they draw."""
    fences = [fence for page in _first(book) for fence in pages.fences(page)]
    included = [(fence, include) for fence in fences for include in fence.includes if include]
    yield "blocks", sum(fence.is_python and not include.is_source(book) for fence, include in included)
    yield "texts", sum(include.path.endswith(".out") for _, include in included)
    drawn = {e.key for page in _first(book) for e in pages.read(page) if e.kind == "image" and e.key.endswith(".svg")}
    yield "figures", len(drawn)


def _formulas(book: Book) -> Iterator[tuple[str, int]]:
    yield "formulas", sum(bool(pages.label(e)) for page in _first(book) for e in pages.read(page) if e.kind == "equation")
    yield "tests", len({(test.path, test.name) for tests in equation_tests(book).values() for test in tests})


def _numbers(book: Book) -> Iterator[tuple[str, int]]:
    yield "numbers", sum(len(each.numbers()) for page in book.all_pages() for each in prose.paragraphs(page))
    yield "claims", book.claims.read_text("utf8").count("\n- ") if book.claims.exists() else 0


def _elements(book: Book) -> int:
    """Headings, listings, formulas, figures, tables' rows and boxes, which stand in both languages in one order."""
    return sum(e.kind != "prose" for page in _first(book) for e in pages.read(page))


def last_change(book: Book) -> str | None:
    """The day of the last change of the book, as git knows it: the tests ran before it was published. None without git."""
    command = ["git", "log", "-1", "--format=%cs"]
    try:
        done = subprocess.run(command, cwd=book.root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip() or None


def last_long_run(book: Book) -> str | None:
    """The day on which a listing that takes minutes was run last, as the ledgers beside the listings say."""
    ledgers = (file.read_text("utf8") for file in book.snippets.rglob(f"*{SUFFIX}"))
    days = [day for text in ledgers for line in text.splitlines() if '"date"' in line for day in line.split('"')[3:4]]
    return max(days, default=None)
