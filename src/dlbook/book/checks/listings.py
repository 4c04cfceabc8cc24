"""Fences, listings, recordings: what is shown is run, and what was recorded is shown."""

import re
from collections.abc import Iterator
from pathlib import Path

from pytest_markdown_docs.plugin import FenceSyntax, extract_fence_tests

from dlbook.book.checks.registry import Problem, at, check
from dlbook.book.layout import LABS, Book
from dlbook.book.listings.cache import sources
from dlbook.book.listings.collecting import pytest_markdown_docs_markdown_it
from dlbook.book.listings.copies import CopyError, imports_of
from dlbook.book.listings.includes import MARKER, Include, section_faults
from dlbook.book.listings.ledger import LONG, LONGEST, SUFFIX, Ledger, steps_of
from dlbook.book.listings.recordings import Recording
from dlbook.book.markdown import pages
from dlbook.book.markdown.pages import Element, Fence

LISTING_LINES, LISTING_COLUMNS = 25, 78
SOURCE_LINES, SOURCE_COLUMNS = 50, 80
SWITCHES = ("notest", "fixture:", "retry:", "runner:")
SAYS_HOW_LONG = re.compile(r"^#.*\b(seconds?|minutes?)\b")
FOLDED = "code"  # the kind of box that holds a listing of which only the picture is meant


def fences_of(book: Book) -> Iterator[tuple[Path, Fence]]:
    """Each fence of each page."""
    for path in book.all_pages():
        for fence in pages.fences(path):
            yield path, fence


@check
def fences_hold_includes_only(book: Book) -> Iterator[Problem]:
    """A python fence holds one include, an output block one recorded output."""
    for path, fence in fences_of(book):
        if fence.is_python and fence.include is None:
            yield at(
                book, path, fence.line, f"a python fence holds one include and nothing else, found {fence.content!r}"
            )
        if "text" in fence.classes and None in fence.includes:
            yield at(book, path, fence.line, "an output block holds includes only; outputs are recorded, not typed")
        used = [word for word in fence.classes if word.startswith(SWITCHES)]
        if used:
            yield at(book, path, fence.line, f"{used[0]!r} would hide the block from the reader's test")


@check
def included_files_exist(book: Book) -> Iterator[Problem]:
    """Every include names a file and section that are there."""
    for path, fence in fences_of(book):
        for include in filter(None, fence.includes):
            try:
                include.text(book)
            except FileNotFoundError as error:
                yield at(book, path, fence.line, str(error))


@check
def no_include_ends_its_fence(book: Book) -> Iterator[Problem]:
    """What an include brings holds no line that the site takes for the end of the fence around it."""
    for path, fence in fences_of(book):
        ticks = fence.ticks
        for include in filter(None, fence.includes):
            text = include.text(book) if include.file(book).exists() else ""
            if re.search(rf"^[ \t>]*{ticks[0]}{{{len(ticks)},}}[ \t]*$", text, re.M):
                yield at(book, path, fence.line, f"{include} holds a line of {ticks}: write this fence with more of them")


@check
def every_fence_is_collected(book: Book) -> Iterator[Problem]:
    """pytest-markdown-docs runs the python fences that the site shows, line by line: none is skipped silently."""
    for path in book.all_pages():
        parser, syntax = pytest_markdown_docs_markdown_it(), FenceSyntax.superfences
        found = extract_fence_tests(parser, pages.text_of(path), 0, path, fence_syntax=syntax)
        run = {test.start_line for test in found}
        for fence in pages.fences(path):
            if fence.is_python and fence.line not in run:
                yield at(book, path, fence.line, "this python fence is shown and not run: write ```python")
            run.discard(fence.line)
        for line in sorted(run):
            yield at(book, path, line, "this python fence is run and not shown")


@check
def sections_are_whole(book: Book) -> Iterator[Problem]:
    """Section markers come in pairs, each name once; a file used whole has none."""
    whole = {f.include.file(book) for _, f in fences_of(book) if f.include and not f.include.section}
    for path in _marked_files(book):
        text = path.read_text("utf-8-sig")
        for line, fault in section_faults(text):
            yield at(book, path, line, fault)
        if path in whole and MARKER.search(text):
            yield at(book, path, 1, "is included whole, so it must have no sections")


def _marked_files(book: Book) -> Iterator[Path]:
    yield from sources(book)
    yield from sorted(book.snippets.rglob("*.out"))


@check
def listings_are_short(book: Book) -> Iterator[Problem]:
    """A listing fits on a screen, and on a page without sideways scrolling."""
    for path, fence in fences_of(book):
        if fence.is_python and fence.include and fence.include.file(book).exists():
            lines = fence.include.text(book).rstrip().splitlines()
            source = fence.include.is_source(book)
            most, widest = (SOURCE_LINES, SOURCE_COLUMNS) if source else (LISTING_LINES, LISTING_COLUMNS)
            if len(lines) > most:
                yield at(book, path, fence.line, f"{fence.include} has {len(lines)} lines, at most {most} fit")
            if max(map(len, lines), default=0) > widest:
                yield at(book, path, fence.line, f"{fence.include} is {max(map(len, lines))} wide, {widest} fit")


@check
def source_says_its_file(book: Book) -> Iterator[Problem]:
    """A block of the package's own source has the file as its title."""
    for path, fence in fences_of(book):
        include = fence.include
        if fence.is_python and include and include.is_source(book) and fence.title != include.path:
            yield at(book, path, fence.line, f"title must be {include.path!r}, is {fence.title!r}")


@check
def pieces_of_source_run_by_themselves(book: Book) -> Iterator[Problem]:
    """What is copied with a piece of source has all the names that it uses."""
    for path, fence in fences_of(book):
        if fence.is_python and fence.include and fence.include.is_source(book):
            try:
                imports_of(book, fence.include)
            except (CopyError, SyntaxError) as error:
                yield at(book, path, fence.line, str(error))
            except FileNotFoundError:
                pass  # has a check of its own


@check
def outputs_stand_below_their_listing(book: Book) -> Iterator[Problem]:
    """What a listing printed and drew is shown right below it, or its figure right above the fold that it stands in."""
    for path in book.all_pages():
        parts = [e for e in pages.read(path) if e.kind in ("fence", "image", "heading", "box")]
        for index, element in enumerate(parts):
            fence = pages.fence(element) if element.kind == "fence" else None
            if fence and fence.is_python and fence.include:
                yield from _missing(book, path, fence, parts[:index], parts[index + 1 :])
            elif fence and "text" in fence.classes and not _is_output_of(fence, parts[:index]):
                yield at(book, path, fence.line, f"output {fence.content.strip()} does not stand below its listing")


def _missing(book: Book, path: Path, fence: Fence, before: list[Element], after: list[Element]) -> Iterator[Problem]:
    assert fence.include
    recording = Recording(book, fence.include)
    shown = list(_until_next_listing(after))
    outputs = [str(pages.fence(e).include) for e in shown if e.kind == "fence"]
    if not fence.include.is_source(book) and recording.text and str(fence.include.output()) not in outputs:
        yield at(book, path, fence.line, f"the recorded output {fence.include.output()} is not shown below")
    images = [e.key for e in shown if e.kind == "image"] + _above_the_fold(before)
    if recording.figure_file.exists() and fence.include.figure() not in images:
        where = f"is not shown below, nor right above a box of the kind {FOLDED!r} around the listing"
        yield at(book, path, fence.line, f"the recorded figure {fence.include.figure()} {where}")


def _above_the_fold(before: list[Element]) -> list[str]:
    """The figures that stand right above the fold in which a listing stands, if it stands in one."""
    rest = list(before)
    while rest and rest[-1].kind == "fence":
        rest.pop()
    if not rest or (rest[-1].kind, rest[-1].key) != ("box", FOLDED):
        return []
    images = []
    for element in reversed(rest[:-1]):
        if element.kind != "image":
            break
        images.append(element.key)
    return images


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
def long_listings_are_few(book: Book) -> Iterator[Problem]:
    """At most a fifth of a chapter's listings take long, none more than ten minutes, and no quick one has to wait for one.

    A lab is one run in steps: it may be long as a whole.
    """
    for path in book.all_pages():
        found = list(steps_of(pages.fences(path)))
        listings = [(fence, steps) for fence, steps in found if not steps[-1].is_source(book)]
        long = [(fence, steps) for fence, steps in listings if LONG in fence.classes]
        if len(long) * 5 > len(listings) and path.parent.name != LABS:
            yield at(book, path, long[0][0].line, f"{len(long)} of {len(listings)} listings are .{LONG}, at most a fifth may be")
        for fence, steps in found:
            yield from (at(book, path, fence.line, fault) for fault in _long_faults(book, path, fence, steps))


def _long_faults(book: Book, path: Path, fence: Fence, steps: tuple[Include, ...]) -> Iterator[str]:
    after = {steps[:-1] for other, steps in steps_of(pages.fences(path)) if len(steps) > 1 and LONG not in other.classes}
    if LONG not in fence.classes:
        return
    if steps[-1].is_source(book):
        yield f"a piece of the package runs in no time: it is not .{LONG}"
    if any(steps == before[: len(steps)] for before in after):
        yield f"a .{LONG} listing has no steps after it that are not .{LONG}: they would have to wait for it"
    if steps[-1].file(book).exists() and not SAYS_HOW_LONG.search(steps[-1].text(book).splitlines()[0]):
        yield f"the first line of a .{LONG} listing says how long it takes: # about two minutes"
    if (seconds := Ledger(book, steps).entry.get("seconds", 0)) > LONGEST:
        yield f"takes {seconds:.0f} seconds, at most {LONGEST:.0f} may a listing take"


@check
def ledgers_hold(book: Book) -> Iterator[Problem]:
    """Each listing that takes long was run as it is; each ledger belongs to a listing."""
    known = set()
    for path in book.all_pages():
        for fence, steps in steps_of(pages.fences(path)):
            ledger = Ledger(book, steps)
            known.add(ledger.file)
            if LONG in fence.classes and steps[-1].file(book).exists():
                changes = ledger.changes()
                if changes:
                    yield at(book, path, fence.line, f"{steps[-1]} must be run again: changed since: {', '.join(changes)}")
    for file in sorted(book.snippets.rglob(f"*{SUFFIX}")):
        if file not in known:
            yield at(book, file, 1, "is the ledger of no listing")


@check
def nothing_is_left_over(book: Book) -> Iterator[Problem]:
    """Every listing, every recorded output and every figure is on a page."""
    fences = [fence for _, fence in fences_of(book)]
    shown = {include for fence in fences for include in fence.includes if include}
    images = {e.key for path in book.all_pages() for e in pages.read(path) if e.kind == "image"}
    for path in sorted((*book.snippets.rglob("*.py"), *book.snippets.rglob("*.out"))):
        for include in _parts(book, path):
            if include not in shown:
                yield at(book, path, 1, f"no page shows {include}")
    for path in sorted(book.figures.rglob("*.svg")):
        if path.relative_to(book.theme).as_posix() not in images:
            yield at(book, path, 1, "no page shows this figure")


def _parts(book: Book, path: Path) -> list[Include]:
    name = path.relative_to(book.snippets).as_posix()
    sections = [m["name"] for m in MARKER.finditer(path.read_text("utf-8-sig")) if m["type"] == "start"]
    return [Include(name, section) for section in sections] or [Include(name)]
