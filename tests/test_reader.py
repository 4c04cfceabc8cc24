"""The reader's side: blocks copied from the built pages, run in a clean process, give what the pages show."""

import hashlib
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from queue import Queue

import pytest
from bs4 import BeautifulSoup, Tag
from fresh import CAN_FORK, Nursery, Seen, run_alone

from dlbook.book.cache import environment, package_digest
from dlbook.book.comparing import same_text
from dlbook.book.layout import LABS, LANGUAGES, Book
from dlbook.book.pages import fences

BOOK = Book(Path(__file__).parents[1])
KEPT = BOOK.root / ".cache" / "reader"
AT_ONCE = 2


@pytest.fixture(scope="module")
def nurseries() -> Iterator[Queue[Nursery]]:
    waiting: Queue[Nursery] = Queue()
    all_of_them = [Nursery() for _ in range(AT_ONCE if CAN_FORK else 0)]
    for nursery in all_of_them:
        waiting.put(nursery)
    yield waiting
    for nursery in all_of_them:
        nursery.close()


@dataclass(frozen=True)
class Block:
    """A code block as a reader copies it, what the page shows below it, and how the page marks it."""

    code: str
    shown: str
    classes: frozenset[str]
    title: str | None


def blocks(html: str) -> list[Block]:
    """The python blocks of a built page, in order."""
    soup = BeautifulSoup(html, "html.parser")
    return [_block(div) for div in soup.select("article div.highlight.language-python:not(.test, .doc-signature)")]


def _block(div: Tag) -> Block:
    below = div.find_next_sibling()
    is_output = below is not None and {"highlight", "language-text"} <= set(below.get("class", []))
    title = div.select_one(".filename")
    code = div.select_one("code")
    assert code
    shown = below.get_text() if below is not None and is_output else ""
    return Block(code.get_text(), shown, frozenset(div.get("class", [])), title and title.get_text())


def program(block: Block, before: Block | None) -> Block:
    """What the reader has in the interpreter: this block, after the steps before it."""
    code = block.code
    if block.title:  # a piece of the package: read in its module, where its names are known
        module = ".".join(Path(block.title).with_suffix("").parts[1:])
        code = f"import {module}\nglobals().update(vars({module}))\n{code}"
    if before:
        code = f"{before.code}\nprint({MARK!r}, flush=True)\n{code}"
    return replace(block, code=code)


MARK = "--- the next block ---"


# In an interpreter with `sklearn.datasets` at hand these would find more than in a bare one.
BARE_IMPORT = re.compile(r"^\s*import (?:matplotlib|sklearn|scipy|PIL)\s*(?:as \w+)?$", re.M)


def run(block: Block, folder: Path, nurseries: Queue[Nursery]) -> str:
    """Run it in a clean process, in an empty folder; return what a reader sees, step by step (and keep it)."""
    kept = (
        KEPT
        / hashlib.sha256(
            "\0".join(["all steps", *environment(), package_digest(BOOK), block.code]).encode()
        ).hexdigest()[:32]
    )
    if kept.exists():
        return kept.read_text("utf8")
    seen = _run(block.code, folder, nurseries)
    shown = seen.printed + (f"{seen.error}\n" if seen.error else "")
    KEPT.mkdir(parents=True, exist_ok=True)
    kept.write_text(shown, "utf8")
    return shown


def _run(code: str, folder: Path, nurseries: Queue[Nursery]) -> Seen:
    if BARE_IMPORT.search(code) or not CAN_FORK or "DLBOOK_ALL_ALONE" in os.environ:
        return run_alone(code, folder)
    nursery = nurseries.get()
    try:
        return nursery.run(code, folder)
    finally:
        nurseries.put(nursery)


def programs(html: str, page: Path) -> list[list[Block]]:
    """The blocks of a page as programs, each with all its steps: what a reader has after copying the last of them."""
    written = [fence for fence in fences(page) if fence.is_python]
    copied = blocks(html)
    assert len(copied) == len(written), (
        f"{page}: {len(written)} python fences are written, {len(copied)} are on the site"
    )
    made: list[list[Block]] = []
    for block, fence in zip(copied, written, strict=True):
        if "continuation" in fence.classes:
            made[-1].append(program(block, made[-1][-1]))
        else:
            made.append([program(block, None)])
    return made


def differences(html: str, page: Path, folder: Path, nurseries: Queue[Nursery]) -> list[str]:
    """What a reader would see otherwise than the page says."""
    made = programs(html, page)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        seen = list(pool.map(lambda steps: run(steps[-1], folder, nurseries), made))
    return [
        f"{page.name}: the block\n{block.code}\nshows\n{block.shown}\nand gives\n{now}"
        for steps, printed in zip(made, seen, strict=True)
        for block, now in zip_longest(steps, printed.split(f"{MARK}\n"), fillvalue="")
        if not same_text(block.shown, now, numbers="timed" not in block.classes)
    ]


@pytest.mark.xdist_group("site")
@pytest.mark.parametrize("language", LANGUAGES)
def test_copied_blocks_give_what_the_page_shows(site, nurseries, language, tmp_path):
    found = []
    for page in BOOK.pages(language):
        if page.parent.name == LABS:
            continue  # its blocks are the cells of its notebook, which runs: test_notebooks.py
        name = "index.html" if page.stem == "index" else f"{page.with_suffix('').as_posix()}/index.html"
        html = (site / ("" if language == "en" else language) / name).read_text("utf8")
        found += differences(html, BOOK.docs / language / page, tmp_path, nurseries)
    assert not found, "\n\n".join(found)


def test_a_lying_page_is_found_out(nurseries, tmp_path):
    """The test itself can fail: a wrong output, a hidden import, a fence that did not become a block."""
    page = tmp_path / "page.md"
    page.write_text('```python\n--8<-- "a.py"\n```\n', "utf8")
    html = (
        '<article><div class="language-python highlight"><pre><code>{code}</code></pre></div>'
        '<div class="language-text highlight"><pre><code>{shown}</code></pre></div></article>'
    )
    assert differences(html.format(code="print(1 + 1)", shown="2\n"), page, tmp_path, nurseries) == []
    assert "gives\n2" in differences(html.format(code="print(1 + 1)", shown="3\n"), page, tmp_path, nurseries)[0]
    assert (
        "NameError" in differences(html.format(code="print(torch.ones(1))", shown="1\n"), page, tmp_path, nurseries)[0]
    )
    with pytest.raises(AssertionError, match="1 python fences are written, 0 are on the site"):
        differences("<article></article>", page, tmp_path, nurseries)


@pytest.mark.parametrize(("shown", "wrong"), [("1 2 3", []), ("0 2 3", ["1"]), ("1 0 3", ["2"]), ("1 2 0", ["3"])])
def test_a_lie_under_any_step_is_found_out(nurseries, tmp_path, shown, wrong):
    page = tmp_path / "page.md"
    first, step = '```python\n--8<-- "a.py"\n```\n', '```{.python continuation}\n--8<-- "a.py:b"\n```\n'
    page.write_text(first + 2 * step, "utf8")
    html = "".join(
        f'<div class="language-python highlight"><pre><code>{code}</code></pre></div>'
        f'<div class="language-text highlight"><pre><code>{output}\n</code></pre></div>'
        for code, output in zip(("a = 1; print(a)", "a += 1; print(a)", "print(a + 1)"), shown.split(), strict=True)
    )
    found = differences(f"<article>{html}</article>", page, tmp_path, nurseries)
    assert [text.rsplit("gives\n")[-1].strip() for text in found] == wrong


@pytest.mark.not_twice
@pytest.mark.parametrize("run", [run_alone, lambda code, folder: _once(code, folder)], ids=["alone", "nursery"])
def test_a_fresh_interpreter_is_fresh(run, tmp_path):
    (tmp_path / "here.txt").write_text("found", "utf8")
    names = "print(sorted(name for name in globals() if not name.startswith('__')))"
    assert run(names, tmp_path) == Seen("[]\n", "")
    assert run("import sys; print(__name__, 'dlbook' in sys.modules, open('here.txt').read())", tmp_path).printed == (
        "__main__ False found\n"
    )
    assert run("import matplotlib.pyplot as plt; print(plt.get_fignums())", tmp_path).printed == "[]\n"
    assert run("print(1)\nnonsense", tmp_path) == Seen("1\n", "NameError: name 'nonsense' is not defined")
    assert run("raise SystemExit(3)", tmp_path).error


def _once(code, folder):
    if not CAN_FORK:
        pytest.skip("no fork on this system")
    nursery = Nursery()
    nursery.run("leftover = 1; import matplotlib.pyplot as plt; plt.figure()", folder)
    seen = nursery.run(code, folder)
    nursery.close()
    return seen
