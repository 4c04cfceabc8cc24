"""Measure how long chapters are, in screens: as a reader meets them, folds as they stand.

python tests/support/lengths.py          builds the site and prints all chapters, the longest first
python tests/support/lengths.py site     measures a site that is built already

`test_site.py` holds the limit.
"""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from browsing import BOOK, CHROMIUM_OPTIONS, LANGUAGES, PHONE, all_laid_out, chromium_path, path_of, serving, visiting
from playwright.sync_api import Browser, Page, sync_playwright

from dlbook.book import generated
from dlbook.book.site.building import LanguageSite

DESK = (1280, 900)  # the window in which a chapter's length is limited
MOST = 26  # about 25, and what letters of another machine may add
CHAPTERS = [path_of(language, chapter.name) for language in LANGUAGES for chapter in generated.chapters(BOOK, language)]


def screens(page: Page) -> float:
    """How many windows a page fills, from its top to its bottom, folds as they stand."""
    all_laid_out(page)
    return page.evaluate("document.fonts.ready.then(() => document.documentElement.scrollHeight / innerHeight)")


def too_long(page: Page) -> list[str]:
    """What is wrong with the length of a chapter that has just been opened in a window of this size."""
    have = screens(page)
    return [f"{have:.1f} screens, at most {MOST}: fold, shorten, or make two chapters of it"] if have > MOST else []


def measured(browser: Browser, address: str, size: tuple[int, int]) -> dict[str, float]:
    """The screens of each chapter, by its path."""
    with visiting(browser, size=size) as visit:
        found = {}
        for path in CHAPTERS:
            visit.page.goto(address + path)
            found[path] = screens(visit.page)
        return found


def main() -> None:
    """Print all chapters, the longest first: at a desk, and on a phone."""
    with ExitStack() as stack:
        target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for language in LANGUAGES if len(sys.argv) == 1 else ():
            LanguageSite(BOOK, language, BOOK.site(target, language)).build()
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium_path(playwright), args=CHROMIUM_OPTIONS)
        address = stack.enter_context(serving(target))
        desk, phone = (measured(browser, address, size) for size in (DESK, PHONE))
    print("desk  phone")
    for path in sorted(desk, key=lambda path: -desk[path]):
        print(f"{desk[path]:4.1f}  {phone[path]:5.1f}  {path}")


if __name__ == "__main__":
    main()
