"""Slides of a page as a PDF: `python -m dlbook.book.slides convolution [--language en] [--to slides]`.

They are those that a reader sees behind `?present` on the site (`docs/theme/present.js`), one to a sheet, so there is
nothing to keep in step with the page. What moves on the site stands still on them, in its first state.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dlbook.book import build
from dlbook.book.layout import Book, NoBookError, book_here
from dlbook.book.paper import PaperError, opened, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDE, HIGH = 1280, 720
SHEET = f"@page {{ size: {WIDE}px {HIGH}px; margin: 0; }} .present-bar {{ display: none; }} .present body {{ padding: 0; }}"
COUNT, SHOW = "dlPresent.count", "number => dlPresent.show(number)"
DRAWN = "[...document.querySelectorAll('article > .on img')].every(image => image.complete && image.naturalWidth)"


def print_slides(address: str, target: Path, page: "Page") -> int:
    """Print the slides of one page; returns how many.

    Args:
        address: of the page, served.
        target: the PDF; is replaced once the new one is whole.
        page: of a browser that prints: Chromium.
    """
    import pikepdf

    page.set_viewport_size({"width": WIDE, "height": HIGH})
    page.goto(f"{address}?present")
    page.wait_for_selector(".present .present-bar")
    page.emulate_media(media="screen", reduced_motion="reduce")
    page.add_style_tag(content=SHEET)
    draft = target.with_name(f".{target.name}.draft")
    with tempfile.TemporaryDirectory() as folder, pikepdf.new() as whole:
        for sheet in _sheets(page, Path(folder)):
            with pikepdf.open(sheet) as one:
                whole.pages.extend(one.pages)
        whole.save(draft, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)
        many = len(whole.pages)
    draft.replace(target)
    return many


def _sheets(page: "Page", folder: Path) -> Iterator[Path]:
    for number in range(page.evaluate(COUNT)):
        page.evaluate(SHOW, number)
        page.wait_for_function(DRAWN)
        page.evaluate(SHOW, number)  # fitted once more, to what has come
        sheet = folder / f"{number}.pdf"
        page.pdf(path=sheet, prefer_css_page_size=True, page_ranges="1", print_background=True)
        yield sheet


def main() -> None:
    """The command line."""
    options = _options()
    build.tell()
    try:
        book = book_here()
        languages = options.language or book.languages
        for language in languages:
            _refuse_missing(book, language, options.page)
        with tempfile.TemporaryDirectory() as folder:
            site = options.site_dir or Path(folder) / "site"
            if not options.site_dir:
                build.build(book, site)
            options.to.mkdir(parents=True, exist_ok=True)
            with served(site) as address, opened() as page:
                for language in languages:
                    root = address if language == book.first else f"{address}/{language}"
                    for name in options.page:
                        target = options.to / f"{name.replace('/', '-')}.{language}.pdf"
                        print(f"{target}: {print_slides(f'{root}/{name}/', target, page)} slides")
    except (build.BuildError, NoBookError, PaperError) as error:
        sys.exit(str(error))


def _refuse_missing(book: Book, language: str, names: list[str]) -> None:
    for name in names:
        if not (book.docs / language / f"{name}.md").is_file():
            raise PaperError(f"there is no page {name!r}: {book.relative(book.docs / language)} has no {name}.md")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("page", nargs="+", help="as it is named in docs/en, without .md")
    parser.add_argument("--language", action="append", default=[], help="make this one only (may be repeated)")
    parser.add_argument("--to", type=Path, default=Path("slides"), help="the folder for PAGE.en.pdf and the others")
    parser.add_argument("--site-dir", type=Path, help="a site that is built already")
    return parser.parse_args()


if __name__ == "__main__":
    main()
