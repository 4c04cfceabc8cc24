"""Measure how long chapters are, in screens: as a reader meets them, folds as they stand.

python tests/support/lengths.py          builds the site and prints all chapters, the longest first
python tests/support/lengths.py site     measures a site that is built already
"""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from browsing import BOOK, CHROMIUM_OPTIONS, LANGUAGES, PHONE, chromium_path, path_of, serving, visiting
from playwright.sync_api import Browser, sync_playwright

from dlbook.book import generated
from dlbook.book.site.building import LanguageSite

DESK = (1280, 900)  # the window in which a chapter's length is limited
CHAPTERS = [(language, chapter.name) for language in LANGUAGES for chapter in generated.chapters(BOOK, language)]


def screens(browser: Browser, address: str, size: tuple[int, int] = DESK) -> dict[tuple[str, str], float]:
    """How many windows of this size each chapter fills, from the top of its page to the bottom, by language and name."""
    with visiting(browser, size=size) as visit:
        found = {}
        for language, name in CHAPTERS:
            visit.page.goto(address + path_of(language, name))
            height = visit.page.evaluate("document.fonts.ready.then(() => document.documentElement.scrollHeight)")
            found[language, name] = height / size[1]
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
        desk, phone = (screens(browser, address, size) for size in (DESK, PHONE))
    print("desk  phone")
    for page in sorted(desk, key=lambda page: -desk[page]):
        print(f"{desk[page]:4.1f}  {phone[page]:5.1f}  {' '.join(page)}")


if __name__ == "__main__":
    main()
