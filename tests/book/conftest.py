"""Small books, good and bad, for the engine's own tests."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fresh import Nursery
from small_book import GOOD

from dlbook.book.layout import Book


@pytest.fixture
def write_book(tmp_path: Path) -> Callable[..., Book]:
    """Make a good small book; arguments override or, with None, leave out files."""

    def write(files: dict[str, str | None] | None = None) -> Book:
        for name, text in {**GOOD, **(files or {})}.items():
            if text is not None:
                (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name).write_text(text, "utf8")
        return Book(tmp_path)

    return write


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Interpreters that have imported what each pytest of a small book imports first; the parent does it once."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "DLBOOK", "CI"))}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # hypothesis alone takes a second to import
    preloaded = ("pytest", "pytest_markdown_docs.plugin", "xdist.plugin", "dlbook.book.listings.pytest_plugin")
    nursery = Nursery(*preloaded, environment=environment)
    yield nursery
    nursery.close()


@pytest.fixture
def run_pytest(nursery: Nursery) -> Callable[..., str]:
    """Run pytest on a small book as people do; return what it printed."""

    def run(book: Book, *arguments: str) -> str:
        plugins = ["-p", "pytest_markdown_docs.plugin", "-p", "xdist.plugin", "-p", "no:cacheprovider"]
        asked = [] if any(argument.startswith("docs/") for argument in arguments) else ["docs"]
        command = [*plugins, *asked, *arguments]
        seen = nursery.run(
            f"import sys, pytest\nsys.stderr = sys.stdout\nsys.exit(pytest.main({command!r}))", book.root
        )
        return seen.printed

    return run


@pytest.fixture
def good() -> dict[str, str]:
    """The files of the good small book."""
    return GOOD
