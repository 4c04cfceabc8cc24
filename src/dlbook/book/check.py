"""Check the book in seconds: `python -m dlbook.book.check`.

It runs all checks of the whole book, and what an edit asks for: the changed pages are rendered as the site renders them, and those of their listings that have not been run as they are, run.

`make test` does all this and more; this is what a writer types after each paragraph.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from dlbook.book import captions
from dlbook.book.build import tell
from dlbook.book.layout import Book, NoBookError, book_here
from dlbook.book.markdown import pages


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split(". ")[0])
    parser.add_argument("pages", nargs="*", type=Path, help="pages to look at as if they had changed: docs/en/lrn.md")
    options = parser.parse_args()
    try:
        sys.exit(check(book_here(), [page.resolve() for page in options.pages]))
    except NoBookError as error:
        sys.exit(str(error))


def check(book: Book, asked: list[Path]) -> int:
    """Check a book and tell what is wrong; the exit status.

    Args:
        book: the book.
        asked: pages to look at besides those that have changed.
    """
    looked_at = sorted({*asked, *changed_pages(book)})
    jobs = [(book.root, language, of_language(book, language, looked_at)) for language in book.languages]
    with ProcessPoolExecutor(2, get_context("fork" if sys.platform == "linux" else "spawn")) as pool:
        rendered = [pool.submit(_rendered, *job) for job in jobs if job[2]]
        found = list(_problems(book))
        found += [fault for job in rendered for fault in job.result()]
    for problem in found:
        print(problem)
    failed = bool(found) | listings_fail(book, [page for page in looked_at if page.exists()])
    names = ", ".join(book.relative(page) for page in looked_at) or "none has changed"
    print(f"{len(found)} problems; all checks, and the pages looked at: {names}")
    return int(failed)


def _problems(book: Book) -> Iterator[str]:
    from dlbook.book.checks import problems

    yield from map(str, problems(book))


def changed_pages(book: Book) -> list[Path]:
    """The pages that differ from the last commit, and those that show a listing or a recording that does."""
    changed = changed_files(book)
    shown = {path.relative_to(book.snippets).as_posix() for path in changed if path.is_relative_to(book.snippets)}
    drawn = {path.relative_to(book.theme).as_posix() for path in changed if path.is_relative_to(book.figures)}
    said = {f"figures/{name}.svg" for file in changed if file in captions.files(book) for name in captions.captions_in(book, file)}
    return [page for page in book.all_pages() if page in changed or _shows(page, shown | drawn | said)]


def _shows(page: Path, names: set[str]) -> bool:
    elements = pages.read(page) if names else []
    fences = (pages.fence(element) for element in elements if element.kind == "fence")
    included = {include.path for fence in fences for include in fence.includes if include}
    return bool(names & (included | {element.key for element in elements if element.kind == "image"}))


def changed_files(book: Book) -> set[Path]:
    """The files that differ from the last commit or are in none; all of the pages where there is no Git."""
    command = ["git", "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames"]
    try:
        said = subprocess.run(command, cwd=book.root, capture_output=True, text=True, encoding="utf8", check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return set(book.all_pages())
    top = subprocess.run(["git", "rev-parse", "--show-toplevel"], cwd=book.root, capture_output=True, text=True)
    return {Path(top.stdout.strip()) / entry[3:] for entry in said.split("\0") if entry}


def of_language(book: Book, language: str, paths: list[Path]) -> list[Path]:
    """The pages of one language, relative to its folder."""
    folder = book.docs / language
    return [path.relative_to(folder) for path in paths if path.is_relative_to(folder)]


def _rendered(root: Path, language: str, some: list[Path]) -> list[str]:
    """What MkDocs warns of when it renders some pages of a language."""
    import logging

    from dlbook.book.site.building import LanguageSite

    tell()
    said = logging.getLogger("mkdocs")  # is returned, and not told on the way
    said.setLevel(logging.WARNING)
    said.propagate = False
    return LanguageSite(Book(root), language, root / ".cache" / "unused").warnings(some)


def listings_fail(book: Book, some: list[Path]) -> bool:
    """Run the listings of pages, unless each has been run as it is and gave what is recorded."""
    waiting = [book.relative(page) for page in some if not _stands(book, page)]
    return bool(waiting) and bool(run_pytest(book, waiting))


def run_pytest(book: Book, names: list[str]) -> int:
    """Run the listings of pages; the exit status."""
    return subprocess.run([sys.executable, "-m", "pytest", "-q", *names], cwd=book.root).returncode


def _stands(book: Book, page: Path) -> bool:
    from dlbook.book.listings.cache import Cache
    from dlbook.book.listings.includes import Include
    from dlbook.book.listings.ledger import LONG, Ledger
    from dlbook.book.listings.machine import unlike
    from dlbook.book.listings.recordings import Recording

    cache, exact = Cache(book, "cpu"), not unlike(book, "cpu")
    steps: list[Include] = []
    for fence in pages.fences(page):
        if not fence.is_python:
            continue
        if fence.include is None or not fence.include.file(book).exists():
            return False  # pytest says why
        steps = [*steps, fence.include] if "continuation" in fence.classes else [fence.include]
        if LONG in fence.classes:
            if Ledger(book, tuple(steps)).changes():
                return False
            continue
        kept = cache.get(steps)
        how = {"timed": "timed" in fence.classes, "exact": exact}
        if not kept or bool(kept.error) != ("raises" in fence.classes):
            return False
        if Recording(book, fence.include).differences(kept, **how):
            return False
    return True


if __name__ == "__main__":
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    main()
