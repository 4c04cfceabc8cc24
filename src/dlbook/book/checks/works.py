"""Works of others: none comes with the book, and none is drawn in it, without its author's name."""

from collections.abc import Iterator
from pathlib import Path

from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.layout import Book
from dlbook.book.markdown.api_links import module_name
from dlbook.book.markdown.credits import ALL, REUSE
from dlbook.book.works import ANYTHING, Use, WorksError, claimed, uses_in, works

# Functions of libraries that give works of others.
LOADERS = ("sklearn.datasets.load_", "sklearn.datasets.fetch_", "matplotlib.cbook.get_sample_data", "torchvision.datasets.", "seaborn.load_dataset")
ENGINE = Path(__file__).parents[1]
UNREAD = {".py", ".pyc"}


@check
def every_work_of_others_has_its_author(book: Book) -> Iterator[Problem]:
    """What the package, the fonts and the figures bring along, and what code loads, stands in docs/works.yml."""
    if not book.works.exists():
        return
    try:
        works(book)
    except WorksError as error:
        yield at(book, book.works, 1, str(error))
        return
    for file in brought_along(book):
        if not claimed(book, file):
            yield at(book, file, 1, f"whose is it? Say it in {book.relative(book.works)}: under works with its author, or under ours")
    for code in [*sorted(book.snippets.rglob("*.py")), *_modules(book)]:
        for use in sorted(_unknown(book, code)):
            yield at(book, code, 1, f"loads {use.function}({use.argument or ''}), of which {book.relative(book.works)} does not say whose it is")
    for module in _modules(book):
        yield from _handed_on(book, module)


@check
def the_list_of_works_is_on_its_page(book: Book) -> Iterator[Problem]:
    """Where there are works of others, each language has the page that lists them."""
    for language in book.languages if book.works.exists() else ():
        page = book.docs / language / REUSE
        if not page.exists() or ALL not in page.read_text("utf-8-sig").split("\n"):
            yield at(book, page, 1, f"must hold a line {ALL}: there the works of others are listed")


def brought_along(book: Book) -> list[Path]:
    """The files that may be of others: all but code in the package, fonts, and what interactive figures bring along."""
    inside = (file for file in book.package.rglob("*") if ENGINE not in file.parents and "__pycache__" not in file.parts)
    theirs = [file for file in inside if file.is_file() and file.suffix not in UNREAD]
    pictures = (file for suffix in ("svg", "png", "jpg", "webp", "ico") for file in book.theme.glob(f"*.{suffix}"))
    return sorted([*theirs, *book.theme.glob("fonts/*"), *book.theme.glob("widgets/*.weights.mjs"), *pictures])


def _modules(book: Book) -> list[Path]:
    return [file for file in sorted(book.package.rglob("*.py")) if ENGINE not in file.parents]


def _unknown(book: Book, code: Path) -> set[Use]:
    loaded = {use for use in uses_in(code) if use.function.startswith(LOADERS)}
    return {use for use in loaded if not any(work.is_loaded([use]) for work in works(book).values())}


def _handed_on(book: Book, module: Path) -> Iterator[Problem]:
    """A module of the package that loads a work gives it to listings, which then must be known to load it."""
    name = module_name(book, module)
    told = {use for use in uses_in(module) if (use.function and use.argument != ANYTHING) or use.function.startswith(LOADERS)}
    for work in works(book).values():
        if work.is_loaded(told) and not any(entry.startswith(f"{name}.") for entry in work.loaded_by):
            yield at(book, module, 1, f"loads {work.name}: say in {book.relative(book.works)} by which of its functions a listing does (loaded_by: {name}.…)")
