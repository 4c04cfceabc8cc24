"""What must hold for the book as a whole. Each check returns the places where it does not."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

import yaml
from pytest_markdown_docs.plugin import FenceSyntax, extract_fence_tests

from dlbook.book import pages, prose
from dlbook.book.equation_tests import equation_tests
from dlbook.book.layout import LANGUAGES, Book
from dlbook.book.listings import MARKER, Include, section_faults
from dlbook.book.pages import Element, Fence
from dlbook.book.pytest_plugin import pytest_markdown_docs_markdown_it
from dlbook.book.recordings import Recording

LISTING_LINES, LISTING_COLUMNS = 25, 78
SOURCE_LINES, SOURCE_COLUMNS = 50, 80
SWITCHES = ("notest", "fixture:", "retry:", "runner:")
PYTHON_FENCE = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?:`{3,}|~{3,})[ \t]*(?:\{[ \t]*\.)?(?:python3?|py)\b", re.M
)


@dataclass(frozen=True)
class Problem:
    """A place that breaks a rule: `where` is "docs/en/lrn.md:12", as an editor can jump to."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


Check = Callable[[Book], Iterator[Problem]]
CHECKS: dict[str, Check] = {}


def check(function: Check) -> Check:
    """Register a check under its own name."""
    CHECKS[function.__name__] = function
    return function


def _at(book: Book, path: Path, line: int, what: str) -> Problem:
    return Problem(f"{book.relative(path)}:{line}", what)


def _fences(book: Book) -> Iterator[tuple[Path, Fence]]:
    for path in book.all_pages():
        for fence in pages.fences(path):
            yield path, fence


# Two languages, one book


@check
def every_page_has_its_twin(book: Book) -> Iterator[Problem]:
    """English and Chinese hold the same pages."""
    for one, other in (LANGUAGES, LANGUAGES[::-1]):
        for page in sorted(set(book.pages(one)) - set(book.pages(other))):
            yield _at(book, book.docs / one / page, 1, f"has no twin docs/{other}/{page.as_posix()}")


@check
def nav_and_pages_agree(book: Book) -> Iterator[Problem]:
    """Every nav entry has its page, every page its nav entry, and both languages the same order."""
    order = {}
    for language in LANGUAGES:
        order[language] = list(_nav(book, language))
        where = f"{book.relative(book.config(language))}:1"
        existing = {page.as_posix() for page in book.pages(language)}
        for page in order[language]:
            if page not in existing:
                yield Problem(where, f"nav names {page}, which does not exist in docs/{language}")
        for page in sorted(existing - set(order[language])):
            yield Problem(where, f"nav lacks {page}")
    if order["en"] != order["zh"]:
        yield Problem(f"{book.relative(book.config('zh'))}:1", "nav has another order than mkdocs.yml")


def _nav(book: Book, language: str) -> Iterator[str]:
    class Loader(yaml.SafeLoader):
        """Reads the tags of MkDocs as plain values."""

    Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
    yield from _leaves(yaml.load(book.config(language).read_text("utf8"), Loader)["nav"])


def _leaves(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    else:
        for child in nav.values() if isinstance(nav, dict) else nav:
            yield from _leaves(child)


@check
def both_languages_have_one_skeleton(book: Book) -> Iterator[Problem]:
    """Headings with ids, fences, equations, figures, tables and boxes are equal, in order."""
    for page in _twins(book):
        yield from _skeleton_difference(book, *(book.docs / language / page for language in LANGUAGES))


def _twins(book: Book) -> list[Path]:
    """The pages that both languages have; the others are reported once, by their own check."""
    return sorted(set(book.pages("en")) & set(book.pages("zh")))


def _skeleton_difference(book: Book, one: Path, other: Path) -> Iterator[Problem]:
    left, right = ([e for e in pages.read(path) if e.kind != "prose"] for path in (one, other))
    for a, b in zip_longest(left, right):
        if a is None or b is None or (a.kind, a.key) != (b.kind, b.key):
            here = f"{a.kind} {a.key!r} (line {a.line})" if a else "the end of the page"
            line = b.line if b else len(other.read_text("utf8").splitlines())
            there = f"{b.kind} {b.key!r}" if b else "the end of the page"
            yield _at(book, other, line, f"{there} stands where {book.relative(one)} has {here}")
            return


@check
def every_heading_has_an_id(book: Book) -> Iterator[Problem]:
    """Ids survive translation; generated ones do not."""
    for path in book.all_pages():
        for element in pages.read(path):
            if element.kind == "heading" and element.key.endswith("None") and not element.key.startswith("1 "):
                yield _at(book, path, element.line, f"heading {element.text!r} has no {{ #id }}")


# Listings


@check
def fences_hold_includes_only(book: Book) -> Iterator[Problem]:
    """A python fence holds one include, an output block one recorded output."""
    for path, fence in _fences(book):
        if fence.is_python and fence.include is None:
            yield _at(
                book, path, fence.line, f"a python fence holds one include and nothing else, found {fence.content!r}"
            )
        if "text" in fence.classes and None in fence.includes:
            yield _at(book, path, fence.line, "an output block holds includes only; outputs are recorded, not typed")
        used = [word for word in fence.classes if word.startswith(SWITCHES)]
        if used:
            yield _at(book, path, fence.line, f"{used[0]!r} would hide the block from the reader's test")


@check
def included_files_exist(book: Book) -> Iterator[Problem]:
    """Every include names a file and section that are there."""
    for path, fence in _fences(book):
        for include in filter(None, fence.includes):
            try:
                include.text(book)
            except FileNotFoundError as error:
                yield _at(book, path, fence.line, str(error))


@check
def every_fence_is_collected(book: Book) -> Iterator[Problem]:
    """pytest-markdown-docs finds as many python fences as the raw text has: none is skipped silently."""
    for path in book.all_pages():
        text = path.read_text("utf8")
        parser, syntax = pytest_markdown_docs_markdown_it(), FenceSyntax.superfences
        collected = len(list(extract_fence_tests(parser, text, 0, path, fence_syntax=syntax)))
        written = len(PYTHON_FENCE.findall(text))
        if collected != written:
            yield _at(book, path, 1, f"{written} python fences are written, {collected} are run")


@check
def sections_are_whole(book: Book) -> Iterator[Problem]:
    """Section markers come in pairs, each name once; a file used whole has none."""
    whole = {f.include.file(book) for _, f in _fences(book) if f.include and not f.include.section}
    for path in _marked_files(book):
        text = path.read_text("utf8")
        for line, fault in section_faults(text):
            yield _at(book, path, line, fault)
        if path in whole and MARKER.search(text):
            yield _at(book, path, 1, "is included whole, so it must have no sections")


def _marked_files(book: Book) -> Iterator[Path]:
    for folder, patterns in ((book.snippets, ("*.py", "*.out")), (book.source, ("*.py",))):
        for pattern in patterns:
            yield from sorted(path for path in folder.rglob(pattern) if path.parent.name != "book")


@check
def listings_are_short(book: Book) -> Iterator[Problem]:
    """A listing fits on a screen, and on a page without sideways scrolling."""
    for path, fence in _fences(book):
        if fence.is_python and fence.include and fence.include.file(book).exists():
            lines = fence.include.text(book).rstrip().splitlines()
            source = fence.include.is_source
            most, widest = (SOURCE_LINES, SOURCE_COLUMNS) if source else (LISTING_LINES, LISTING_COLUMNS)
            if len(lines) > most:
                yield _at(book, path, fence.line, f"{fence.include} has {len(lines)} lines, at most {most} fit")
            if max(map(len, lines), default=0) > widest:
                yield _at(book, path, fence.line, f"{fence.include} is {max(map(len, lines))} wide, {widest} fit")


@check
def source_says_its_file(book: Book) -> Iterator[Problem]:
    """A block of the package's own source has the file as its title."""
    for path, fence in _fences(book):
        include = fence.include
        if fence.is_python and include and include.is_source and fence.title != include.path:
            yield _at(book, path, fence.line, f"title must be {include.path!r}, is {fence.title!r}")


@check
def outputs_stand_below_their_listing(book: Book) -> Iterator[Problem]:
    """What a listing printed and drew is shown right below it, and nothing else is."""
    for path in book.all_pages():
        parts = [e for e in pages.read(path) if e.kind in ("fence", "image", "heading")]
        for index, element in enumerate(parts):
            fence = pages.fence(element) if element.kind == "fence" else None
            if fence and fence.is_python and fence.include:
                yield from _missing_below(book, path, fence, parts[index + 1 :])
            elif fence and "text" in fence.classes and not _is_output_of(fence, parts[:index]):
                yield _at(book, path, fence.line, f"output {fence.content.strip()} does not stand below its listing")


def _missing_below(book: Book, path: Path, fence: Fence, after: list[Element]) -> Iterator[Problem]:
    assert fence.include
    recording = Recording(book, fence.include)
    shown = list(_until_next_listing(after))
    outputs = [str(pages.fence(e).include) for e in shown if e.kind == "fence"]
    if not fence.include.is_source and recording.text and str(fence.include.output()) not in outputs:
        yield _at(book, path, fence.line, f"the recorded output {fence.include.output()} is not shown below")
    images = [e.key for e in shown if e.kind == "image"]
    if recording.figure_file.exists() and fence.include.figure() not in images:
        yield _at(book, path, fence.line, f"the recorded figure {fence.include.figure()} is not shown below")


def _until_next_listing(after: list[Element]) -> Iterator[Element]:
    for element in after:
        if element.kind == "heading" or (element.kind == "fence" and pages.fence(element).is_python):
            return
        yield element


def _is_output_of(fence: Fence, before: list[Element]) -> bool:
    listings = [pages.fence(e) for e in before if e.kind == "fence"]
    last = next((f for f in reversed(listings) if f.is_python), None)
    return bool(last and last.include and last.include.output() == fence.include)


@check
def nothing_is_left_over(book: Book) -> Iterator[Problem]:
    """Every listing, every recorded output and every figure is on a page."""
    fences = [fence for _, fence in _fences(book)]
    shown = {include for fence in fences for include in fence.includes if include}
    images = {e.key for path in book.all_pages() for e in pages.read(path) if e.kind == "image"}
    for path in sorted((*book.snippets.rglob("*.py"), *book.snippets.rglob("*.out"))):
        for include in _parts(book, path):
            if include not in shown:
                yield _at(book, path, 1, f"no page shows {include}")
    for path in sorted(book.figures.rglob("*.svg")):
        if path.relative_to(book.assets).as_posix() not in images:
            yield _at(book, path, 1, "no page shows this figure")


def _parts(book: Book, path: Path) -> list[Include]:
    name = path.relative_to(book.snippets).as_posix()
    sections = [m["name"] for m in MARKER.finditer(path.read_text("utf8")) if m["type"] == "start"]
    return [Include(name, section) for section in sections] or [Include(name)]


# Formulas


@check
def every_labelled_equation_is_tested(book: Book) -> Iterator[Problem]:
    """Labels on the pages and marks in the tests are the same, and each label stands once."""
    tested = equation_tests(book.root)
    labels: Counter[str] = Counter()
    for path in book.all_pages():
        for element in pages.read(path):
            name = pages.label(element) if element.kind == "equation" else None
            if name and name not in tested:
                yield _at(
                    book, path, element.line, f"equation {name!r} has no test marked @pytest.mark.equation({name!r})"
                )
            if name and path.is_relative_to(book.docs / "en"):
                labels[name] += 1
                if labels[name] == 2:
                    yield _at(book, path, element.line, f"label {name!r} is used twice in the book")
    for name, tests in tested.items():
        if name not in labels:
            yield _at(book, book.root / tests[0].path, tests[0].line, f"tests equation {name!r}, which no page has")


# Prose


@check
def no_orphan_numbers(book: Book) -> Iterator[Problem]:
    """A number in prose stands in an output on its page, or in the claims with its source."""
    claims = _claims(book)
    used = set()
    for path in book.all_pages():
        shown = _shown_numbers(book, path)
        for paragraph in prose.paragraphs(path):
            for number in paragraph.numbers():
                claim = claims.get((path.stem, number))
                used.add((path.stem, number) if claim else None)
                if claim and f"(#{claim['source']})" not in paragraph.text:
                    yield _at(
                        book, path, paragraph.line, f"{number} is a claim: cite #{claim['source']} in its paragraph"
                    )
                elif not claim and number not in shown:
                    yield _at(book, path, paragraph.line, f"{number} stands in no output on this page and in no claim")
    for page, number in sorted(set(claims) - used):
        yield _at(book, book.claims, 1, f"claims {number} on page {page!r}, which does not say it")


def _claims(book: Book) -> dict[tuple[str, str], dict[str, Any]]:
    entries = yaml.safe_load(book.claims.read_text("utf8")) if book.claims.exists() else []
    return {(entry["page"], prose.normal(str(entry["number"]))): entry for entry in entries or []}


def _shown_numbers(book: Book, path: Path) -> set[str]:
    from dlbook.book import figures

    numbers: set[str] = set()
    for fence in pages.fences(path):
        for include in filter(None, fence.includes):
            if include.path.endswith(".out") and include.file(book).exists():
                numbers |= prose.numbers(include.text(book))
    for element in pages.read(path):
        file = book.assets / element.key
        if element.kind == "image" and file.suffix == ".svg" and file.exists():
            numbers |= prose.numbers(" ".join(figures.words(file.read_text("utf8"))))
    return numbers


@check
def citations_have_their_source(book: Book) -> Iterator[Problem]:
    """Every link to `#something` leads to an id on its page."""
    for path in book.all_pages():
        text = path.read_text("utf8")
        ids = set(re.findall(r"\{[^}\n]*#([\w-]+)", text)) | set(re.findall(r'id="([\w-]+)"', text))
        ids |= {f"eq-{name}" for name in pages.LABEL.findall(text)}
        for number, line in enumerate(text.splitlines(), 1):
            for target in re.findall(r"\]\(#([\w-]+)\)", line):
                if target not in ids:
                    yield _at(book, path, number, f"#{target} leads nowhere")


@check
def terms_have_their_pair(book: Book) -> Iterator[Problem]:
    """A bold term stands in the glossary, is bold once, and its pair is bold in the twin's same section."""
    glossary = prose.glossary(book)
    for page in _twins(book):
        defined = {language: prose.terms(book.docs / language / page) for language in LANGUAGES}
        for language, column in zip(LANGUAGES, (0, 1), strict=True):
            path = book.docs / language / page
            known = {row[column] for row in glossary}
            for term in defined[language]:
                if term.text not in known:
                    yield _at(book, path, term.line, f"term {term.text!r} is not in the glossary")
            for text, count in Counter(term.text for term in defined[language]).items():
                if count > 1:
                    yield _at(book, path, 1, f"term {text!r} is bold {count} times, once is enough")
        yield from _unpaired(book, page, glossary, *defined.values())


def _unpaired(
    book: Book, page: Path, glossary: list[tuple[str, str]], english: list[prose.Term], chinese: list[prose.Term]
) -> Iterator[Problem]:
    pairs = dict(glossary)
    wanted = {(term.section, pairs[term.text]) for term in english if term.text in pairs}
    found = {(term.section, term.text) for term in chinese}
    for section, text in sorted(wanted ^ found):
        verb = "is not bold" if (section, text) in wanted else "is bold, its English pair is not,"
        yield _at(book, book.docs / "zh" / page, 1, f"term {text!r} {verb} in section #{section}")


@check
def the_glossary_is_in_order(book: Book) -> Iterator[Problem]:
    """Its terms stand in alphabetical order, each once, with the same pairs in both languages."""
    tables = {language: list(_glossary_rows(book, language)) for language in LANGUAGES}
    for rows in tables.values():
        for (path, _, before, _), (_, line, term, _) in pairwise(rows):
            if term.lower() <= before.lower():
                what = "stands twice" if term == before else f"must stand before {before!r}"
                yield _at(book, path, line, f"{term!r} {what}")
    for one, other in zip_longest(*tables.values()):
        row = other or one
        if row and (one is None or other is None or one[2:] != other[2:]):
            path, line, term, pair = row
            yield _at(book, path, line, f"{term!r}, {pair!r} is not what the other language has in its place")
            return


def _glossary_rows(book: Book, language: str) -> Iterator[tuple[Path, int, str, str]]:
    path = book.docs / language / "glossary.md"
    rows = [element for element in pages.read(path) if element.kind == "row"] if path.exists() else []
    for row in rows[2:]:
        english, chinese, *_ = (cell.strip() for cell in row.text.strip().strip("|").split("|"))
        yield path, row.line, english, chinese


@check
def glossary_terms_are_used_in_both(book: Book) -> Iterator[Problem]:
    """Where an English page uses a term of the glossary, its Chinese twin uses the Chinese one."""
    for page in _twins(book):
        twin = book.docs / "zh" / page
        if page.stem == "glossary":
            continue
        english, chinese = prose.plain(book.docs / "en" / page).lower(), prose.plain(twin).lower()
        for term, pair in prose.glossary(book):
            if re.search(rf"\b{re.escape(term)}s?\b", english) and pair not in chinese:
                yield _at(book, twin, 1, f"{page.as_posix()} says {term!r} in English, never {pair!r} in Chinese")
