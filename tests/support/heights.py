"""Measure how high the interactive figures are, for the page to keep that free: see `dlbook.book.markdown.images`.

python tests/support/heights.py        measures all, in both languages, and writes docs/theme/widgets/heights.json
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from browsing import BOOK, CHROMIUM_OPTIONS, LANGUAGES, chromium_path, path_of, serving, staged, visiting
from playwright.sync_api import Page, sync_playwright

from dlbook.book.site.building import LanguageSite

FILE = BOOK.theme / "widgets/heights.css"
# From each of these widths on to the next; between two of them lines break anew, so the last width counts too.
WIDTHS = (0, 340, 360, 375, 390, 412, 430, 480, 600, 768, 1220, 1600)
NARROWEST, WIDEST = 320, 2400
NEARLY = 30  # pixels
HEIGHT = "figure => document.querySelector(`figure.${figure}`).getBoundingClientRect().height"


def placed() -> dict[str, str]:
    """Each interactive figure and the page it stands on."""
    found: dict[str, str] = {}
    for name in BOOK.pages("en"):
        text = (BOOK.docs / "en" / name).read_text("utf8")
        found |= dict.fromkeys(re.findall(r"\{ interactive=([\w-]+)", text), name.stem)
    return found


def show(page: Page, url: str, figure: str) -> None:
    """Open the page of a figure with nothing but the figure in its text, in its first state."""
    page.route(re.compile(re.escape(url) + "$"), lambda route: staged(route, figure))
    page.goto(url)
    page.locator(f"figure.{figure}").scroll_into_view_if_needed()
    page.wait_for_selector(f"dl-{figure}[ready]")
    page.wait_for_function(f"document.querySelector('dl-{figure} [role=status]').textContent")


def live_height(page: Page, figure: str, width: int) -> float:
    """How high the figure itself is in a window of this width."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate(HEIGHT, figure)


def measured(page: Page, figure: str) -> list[int]:
    """The least height in each range of widths: what is kept free is never more than is needed."""
    page.add_style_tag(content="figure.widget { min-height: 0 !important }")
    ends = [*WIDTHS[1:], WIDEST]
    ranges = [(max(start, NARROWEST), end - 1) for start, end in zip(WIDTHS, ends, strict=True)]
    tried = [{start, (start + end) // 2, end} for start, end in ranges]
    return in_steps([round(min(live_height(page, figure, width) for width in sorted(some))) for some in tried])


def in_steps(heights: list[int]) -> list[int]:
    """The least of each run of heights that are nearly equal: a page has fewer rules then."""
    runs: list[list[int]] = []
    for height in heights:
        if runs and max(*runs[-1], height) - min(*runs[-1], height) <= NEARLY:
            runs[-1].append(height)
        else:
            runs.append([height])
    return [min(run) for run in runs for _ in run]


def rules(found: dict[tuple[str, str], list[int]]) -> Iterator[str]:
    """A style for each width, where a height is another than at the width before."""
    yield "/* Written by tests/support/heights.py. How high each interactive figure is: kept free until it comes. */\n"
    for n, width in enumerate(WIDTHS):
        yield f"@media (min-width: {width}px) {{\n"
        for (figure, language), heights in found.items():
            if n == 0 or heights[n] != heights[n - 1]:
                other = "" if language == BOOK.first else f":lang({language}) "
                yield f"  .js {other}figure.{figure} {{ min-height: {heights[n]}px; }}\n"
        yield "}\n"


def main() -> None:
    """Measure all figures and write the file."""
    found = {}
    with ExitStack() as stack:
        target = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for language in LANGUAGES:
            LanguageSite(BOOK, language, BOOK.site(target, language)).build()
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium_path(playwright), args=CHROMIUM_OPTIONS)
        address = stack.enter_context(serving(target))
        for figure, page in sorted(placed().items()):
            for language in LANGUAGES:
                with visiting(browser) as visit:
                    show(visit.page, address + path_of(language, page), figure)
                    found[figure, language] = measured(visit.page, figure)
    FILE.write_text("".join(rules(found)), "utf8")


if __name__ == "__main__":
    main()
