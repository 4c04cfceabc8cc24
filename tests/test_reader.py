"""The reader's side: what the copy button of each block gives is what was run, and it runs in a clean process.

The site says of each block what is copied with it (`dlbook.book.markdown.copies`); `test_site.py` holds the browser to it. Here
that text is compared with what pytest runs as the listing, on every page. What no listing is, pieces of the package's source
with their imports, is run here in a clean process, and so is every block in the weekly run (DLBOOK_ALL_BLOCKS=1).
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import once
import pytest
from browsing import BOOK, LANGUAGES
from bs4 import BeautifulSoup, Tag
from fresh import CAN_FORK, Nursery, Seen, run_alone

from dlbook.book.kept import Kept
from dlbook.book.layout import GENERATED, Book
from dlbook.book.listings.cache import environment
from dlbook.book.listings.comparing import same_text
from dlbook.book.listings.copies import imports_of, joined
from dlbook.book.listings.recordings import Recording
from dlbook.book.listings.running import as_seen
from dlbook.book.markdown.copies import copies
from dlbook.book.markdown.pages import Fence

KEPT = Kept(BOOK, "reader")
ALL = "DLBOOK_ALL_BLOCKS" in os.environ
MARK = "--- the next block ---"
Run = Callable[[str, Path], Seen]


@dataclass(frozen=True)
class Block:
    """A code block as a reader copies it, what the page shows below it, and how the page marks it."""

    copied: str
    shown: str
    classes: frozenset[str]


def blocks(html: str) -> list[Block]:
    """The python blocks of a built page, in order, put together as `book.js` does."""
    found: list[Block] = []
    for div in BeautifulSoup(html, "html.parser").select("div.highlight.language-python:not(.test, .doc-signature)"):
        before = found[-1].copied if "data-goes-on" in div.attrs else div.get("data-before", "")
        found.append(Block(joined(before, div.code.get_text()), _below(div), frozenset(div["class"])))
    return found


def _below(div: Tag) -> str:
    """The output right below a block, or below the fold that ends with it."""
    below = div.find_next_sibling()
    if below is None and div.parent is not None and div.parent.name == "details":
        below = div.parent.find_next_sibling()
    if below is not None and below.name == "details" and "output" in below.get("class", []):
        below = below.select_one(".highlight")  # folded, for the reader guesses first
    return below.get_text() if below and {"highlight", "language-text"} <= set(below.get("class", [])) else ""


def differences(html: str, written: list[tuple[Fence, str]]) -> list[str]:
    """Where a built page gives a reader something else to copy than what is run, or shows another output than was recorded."""
    shown = blocks(html)
    if len(shown) != len(written):
        return [f"{len(written)} python fences are written, {len(shown)} are on the site"]
    found = []
    for block, (fence, copied) in zip(shown, written, strict=True):
        if block.copied.strip() != copied.strip():
            found.append(f"line {fence.line}: copied is\n{block.copied}\nand run is\n{copied}")
        recorded = "" if fence.include.is_source(BOOK) else Recording(BOOK, fence.include).text
        if block.shown.strip() != recorded.strip():
            found.append(f"line {fence.line}: shown is\n{block.shown}\nand recorded is\n{recorded}")
    return found


PAGES = [(language, page) for language in LANGUAGES for page in BOOK.pages(language) if page.parts[0] not in GENERATED]


def built(site: Path, language: str, page: Path) -> str:
    name = "index.html" if page.stem == "index" else f"{page.with_suffix('').as_posix()}/index.html"
    return (BOOK.site(site, language) / name).read_text("utf8")


@pytest.mark.xdist_group("site")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_copied_is_what_is_run_and_what_is_shown_is_what_was_recorded(site, language):
    for _, page in (found for found in PAGES if found[0] == language):
        written = list(copies(BOOK, BOOK.docs / language / page))
        assert differences(built(site, language, page), written) == [], page


def test_a_lying_page_is_found_out(tmp_path):
    """A wrong output, another code, imports left out, a fence that did not become a block."""
    page = BOOK.docs / "en/lrn.md"
    written = list(copies(BOOK, page))[:4]
    html = "".join(
        f'<div class="language-python highlight"{_marks(fence)}><code>{escape(fence.include.text(BOOK))}</code></div>'
        f'<div class="language-text highlight">{escape(Recording(BOOK, fence.include).text)}</div>'
        for fence, _ in written
    )
    assert differences(html, written) == []
    assert "shown is" in differences(html.replace("0.25", "0.26"), written)[0]
    assert "copied is" in differences(html.replace("plt.show()", "pass"), written)[0]
    assert "copied is" in differences(re.sub(r' data-before="[^"]*"', "", html), written)[0]
    assert differences("", written) == ["4 python fences are written, 0 are on the site"]


def _marks(fence: Fence) -> str:
    imports = imports_of(BOOK, fence.include) if fence.include.is_source(BOOK) else []
    return f' data-before="{escape(chr(10).join(imports))}"' if imports else ""


# In a clean process


# In an interpreter with `sklearn.datasets` at hand these would find more than in a bare one.
BARE_IMPORT = re.compile(r"^\s*import (?:matplotlib|sklearn|scipy|PIL)\s*(?:as \w+)?$", re.M)


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Runs code in a clean process, in a folder; returns what a reader sees."""
    nursery = Nursery() if CAN_FORK and "DLBOOK_ALL_ALONE" not in os.environ else None

    def seen(code: str, folder: Path) -> Seen:
        return nursery.run(code, folder) if nursery and not BARE_IMPORT.search(code) else run_alone(code, folder)

    yield seen
    if nursery:
        nursery.close()


def programs(language: str, page: Path) -> Iterator[list[tuple[Fence, str]]]:
    """The blocks of a page as programs, each with all its steps: what a reader has after copying the last of them."""
    steps: list[tuple[Fence, str]] = []
    for fence, copied in copies(BOOK, BOOK.docs / language / page):
        if steps and "continuation" not in fence.classes:
            yield steps
            steps = []
        steps.append((fence, copied))
    if steps:
        yield steps


def lies(steps: list[tuple[Fence, str]], run: Run, folder: Path) -> list[str]:
    """Under which of its blocks a program shows something else than what it gives in a clean process."""
    code, before = "", ""
    for _, copied in steps:
        code += (f"\nprint({MARK!r}, flush=True)\n" if before else "") + copied.removeprefix(before)
        before = copied.rstrip("\n")
    parts = [*environment(BOOK), "steps", code]
    text = KEPT.get(*parts)
    if text is None:
        seen = run(code, folder)
        text = as_seen(seen.printed) + (f"{seen.error}\n" if seen.error else "")
        KEPT.put(*parts, outcome=text, files=once.behind(code=code))
    given = [*text.split(f"{MARK}\n"), *[""] * len(steps)]
    return [
        f"line {fence.line}: the block\n{copied}\nshows\n{_recorded(fence)}\nand gives\n{now}"
        for (fence, copied), now in zip(steps, given, strict=False)
        if not same_text(_recorded(fence), now, numbers="timed" not in fence.classes)
    ]


def _recorded(fence: Fence) -> str:
    return "" if fence.include.is_source(BOOK) else Recording(BOOK, fence.include).text


def is_run_here(steps: list[tuple[Fence, str]]) -> bool:
    return ALL or steps[0][0].include.is_source(BOOK)


@pytest.mark.parametrize(("language", "page"), [p for p in PAGES if p[0] == "en" or ALL], ids=str)
def test_copied_blocks_give_what_the_page_shows(run, language, page, tmp_path):
    found = [lie for steps in programs(language, page) if is_run_here(steps) for lie in lies(steps, run, tmp_path)]
    assert not found, "\n\n".join(found)


@pytest.fixture
def forgetful(monkeypatch, tmp_path):
    """What is tried here is not kept."""
    monkeypatch.setattr(sys.modules[__name__], "KEPT", Kept(Book(tmp_path), "reader"))


def fence(name: str, kind: str = "") -> Fence:
    return Fence(f"{{.python {kind}}}", f'--8<-- "{name}"', 1)


def test_a_lie_is_found_out(run, forgetful, tmp_path):
    by_hand = fence("lrn/by_hand.py")
    assert lies([(by_hand, by_hand.include.text(BOOK))], run, tmp_path) == []
    assert "and gives" in lies([(by_hand, "print('another thing')")], run, tmp_path)[0]
    assert "NameError" in lies([(by_hand, "print(torch.ones(1))")], run, tmp_path)[0]


def test_a_lie_under_any_step_is_found_out(run, forgetful, tmp_path):
    found = (steps for language, page in PAGES if language == "en" for steps in programs(language, page))
    steps = next(steps for steps in found if len(steps) > 2)
    first = steps[0][1]
    assert lies(steps, lambda code, folder: Seen("", ""), tmp_path) != []
    cheap = [(fence("lrn/by_hand.py"), "x = 1"), (fence("lrn/by_hand.py"), "x = 1\n\nx += 1")]
    assert [lie.partition(":")[0] for lie in lies(cheap, run, tmp_path)] == ["line 1", "line 1"]
    assert steps[1][1].startswith(first)


@pytest.fixture
def nursery_run():
    """In a nursery where another program has left its traces."""
    if not CAN_FORK:
        pytest.skip("no fork on this system")
    nursery = Nursery()

    def seen(code: str, folder: Path) -> Seen:
        nursery.run("leftover = 1; import matplotlib.pyplot as plt; plt.figure()", folder)
        return nursery.run(code, folder)

    yield seen
    nursery.close()


@pytest.mark.looks_at("tests/support/fresh.py")
@pytest.mark.parametrize("kind", ["alone", "nursery"])
def test_a_fresh_interpreter_is_fresh(request, kind, tmp_path):
    run = run_alone if kind == "alone" else request.getfixturevalue("nursery_run")
    (tmp_path / "here.txt").write_text("found", "utf8")
    names = "print(sorted(name for name in globals() if not name.startswith('__')))"
    assert run(names, tmp_path) == Seen("[]\n", "")
    assert run("import sys; print(__name__, 'dlbook' in sys.modules, open('here.txt').read())", tmp_path).printed == (
        "__main__ False found\n"
    )
    assert run("import matplotlib.pyplot as plt; print(plt.get_fignums())", tmp_path).printed == "[]\n"
    assert run("print(1)\nnonsense", tmp_path) == Seen("1\n", "NameError: name 'nonsense' is not defined")
    assert run("raise SystemExit(3)", tmp_path).error
