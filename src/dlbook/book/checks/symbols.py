"""Symbols: one meaning each, as the sheet of symbols says, on every page."""

import re
from collections.abc import Iterator
from pathlib import Path

from dlbook.book import phrases
from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.layout import GENERATED, Book
from dlbook.book.markdown import pages, prose
from dlbook.book.notation import NAME, Sheet, SheetError, Symbol, formulas, in_one_piece, named, rows, sheet

ENGINE = Path(__file__).parents[1]
HAN = re.compile(r"[\u4e00-\u9fff]+")
WORD = re.compile(r"[A-Za-z]{4,}")
# Words that two meanings may share and still be two.
SAID_OF_ALL = {"with", "that", "which", "each", "from", "this", "what", "many", "have", "where", "they", "their", "only", "there"}
SAID_OF_ALL_ZH = {"一个", "每个", "一层", "个数", "全部", "多少", "少个", "的数"}


@check
def no_page_uses_a_forbidden_form(book: Book) -> Iterator[Problem]:
    """No formula has a form that the sheet of symbols forbids, nor a symbol that it keeps for other pages."""
    known = _known(book)
    for path in _pages(book) if known else ():
        for line, latex in formulas(pages.read(path)):
            for what in _faults(known, path.stem, latex) if known else ():
                yield at(book, path, line, what)
        for paragraph in prose.paragraphs(path):
            said = (one.fault(path.stem, paragraph.text) for one in known.forbidden_words) if known else ()
            yield from (at(book, path, paragraph.line, what) for what in said if what)


def _faults(known: Sheet, page: str, latex: str) -> Iterator[str]:
    for one in known.forbidden:
        if fault := one.fault(page, in_one_piece(latex)):
            yield fault
    for symbol in known.symbols.values():
        if symbol.only and page not in symbol.only and symbol.is_used_in(latex):
            yield f"{symbol.latex} stands on {', '.join(symbol.only)} only; take another letter, or list the page in docs/notation.yml"


@check
def tables_of_symbols_agree_with_the_sheet(book: Book) -> Iterator[Problem]:
    """Each symbol of a page's table stands on the sheet, and the two say the same of it."""
    known = _known(book)
    for path in _pages(book) if known else ():
        language = path.relative_to(book.docs).parts[0]
        for line, cells in rows(pages.read(path), tuple(phrases.of(language)["symbol"].split())):
            for written in named(cells[0]):
                symbol = known.find(written) if known else None
                if symbol is None:
                    yield at(book, path, line, f"${written}$ is not in {book.relative(book.notation)}")
                elif not agree(meant := symbol.on(path.stem).said[language], cells[1]):
                    yield at(book, path, line, f"${written}$ is {cells[1]!r} here and {meant!r} in {book.relative(book.notation)}: which?")


def agree(one: str, other: str) -> bool:
    """Whether two texts that say what a symbol is have a word in common."""
    return bool(_content(one) & _content(other))


def _content(text: str) -> set[str]:
    text = re.sub(r"\]\([^)]*\)", "", text)
    words = {word.lower().rstrip("s")[:5] for word in WORD.findall(pages.INLINE.sub(" ", text)) if word.lower() not in SAID_OF_ALL}
    pairs = {run[i : i + 2] for run in HAN.findall(text) for i in range(max(1, len(run) - 1))} - SAID_OF_ALL_ZH
    return words | pairs


@check
def the_sheet_names_symbols_that_pages_use(book: Book) -> Iterator[Problem]:
    """Each meaning of a symbol names pages on which it stands, and its name in code is one."""
    try:
        known = sheet(book)
    except SheetError as error:
        yield at(book, book.notation, 1, str(error))
        return
    files = (file for folder in (book.snippets, book.package) for file in folder.rglob("*.py")) if known else ()
    code = "\n".join(file.read_text("utf-8-sig") for file in files if ENGINE not in file.parents)
    for symbol in known.symbols.values() if known else ():
        for page in dict.fromkeys([symbol.at.partition("#")[0], *(page for other in symbol.meanings[1:] for page in other.pages), *symbol.only]):
            if not _uses(book, page, symbol):
                yield at(book, book.notation, _line(book, symbol), f"{symbol.latex} is said to stand on {page}, which does not use it")
        for name in re.findall("`([^`]+)`", dict(symbol.about).get("code", "")):
            if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", code):
                yield at(book, book.notation, _line(book, symbol), f"{symbol.latex} is said to be {name} in code, which no code says")


def _uses(book: Book, page: str, symbol: Symbol) -> bool:
    path = book.docs / book.first / f"{page}.md"
    return path.exists() and any(symbol.is_used_in(latex) for _, latex in formulas(pages.read(path)))


def _line(book: Book, symbol: Symbol) -> int:
    lines = book.notation.read_text("utf8").split("\n")
    own = re.compile(rf"symbol: ['\"]?{re.escape(symbol.latex)}['\"]?(?:,|\s|$)")
    return next((i for i, line in enumerate(lines, 1) if own.search(line)), 1)


def _known(book: Book) -> Sheet | None:
    """The sheet; one that cannot be read is reported by its own check."""
    try:
        return sheet(book)
    except SheetError:
        return None


def _pages(book: Book) -> Iterator[Path]:
    """The pages that somebody wrote, but for the sheet itself."""
    for language in book.languages:
        for page in book.pages(language):
            if page.parts[0] not in GENERATED and page.stem != NAME:
                yield book.docs / language / page
