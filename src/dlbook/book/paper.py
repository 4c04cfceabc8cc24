"""Print the book: `python -m dlbook.book.paper [--language en] [--to FOLDER]`. One PDF per language, from the pages of the site.

Chromium does it, so formulas, figures and code look as on the screen. Cover, contents with page numbers, outline, links
within the book; solutions stand at the end. What lists tests and docstrings stays on the site.
"""

import argparse
import functools
import http.server
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlbook.book import build, phrases
from dlbook.book.generated import nav_entries
from dlbook.book.layout import GENERATED, Book, NoBookError, book_here
from dlbook.book.markdown.outline import read_config

if TYPE_CHECKING:
    from playwright.sync_api import Page

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
Writer = Callable[[Book, str, Path, Path, "Page"], int]
MINUTES = 10 * 60_000  # milliseconds; a thousand pages take about one minute


class PaperError(Exception):
    """The book could not be printed; the message says why."""


def chromium_here() -> str | None:
    """The browser named in DLBOOK_CHROMIUM, or the system's; best one without a window around the page: it is twice as quick."""
    return os.environ.get("DLBOOK_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def chapters(book: Book, language: str) -> list[dict[str, str]]:
    """The pages that are printed, in the order of the nav: `name`, `title`, `section`."""
    return [
        {"name": page.removesuffix(".md"), "title": title, "section": section}
        for section, title, page in nav_entries(read_config(book.config(language)).get("nav", []))
        if page.partition("/")[0] not in GENERATED and page != "index.md"
    ]


def print_book(book: Book, language: str, site: Path, target: Path, page: "Page") -> int:
    """Print one language of a built site; returns the number of pages.

    Args:
        book: the book.
        language: of the pages.
        site: where the site was built, with all languages.
        target: the PDF; is replaced once the new one is whole.
        page: of a browser that prints: Chromium.

    Raises:
        PaperError: a picture or a place is missing.
    """
    draft = target.with_name(f".{target.name}.draft")
    try:
        with whole_book(book, language, site, target.name, page) as listed:
            _print(page, listed, draft)
        return _pack(draft, target)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def whole_book(book: Book, language: str, site: Path, name: str, page: "Page") -> Iterator[list[str]]:
    """The page of a browser as the whole book, while it is served; gives the places that its contents list.

    Raises:
        PaperError: a picture is missing.
    """
    with served(site) as address:
        page.set_default_timeout(MINUTES)
        page.route("**/*.mjs", lambda route: route.abort())  # no figure comes alive on paper
        page.goto(f"{address}/{'' if language == book.first else f'{language}/'}")
        yield _arrange(book, language, page, name)


def _arrange(book: Book, language: str, page: "Page", name: str) -> list[str]:
    """Make the page the whole book; returns the places that its contents list."""
    page.add_style_tag(content=text("paper.css"))
    site = os.environ.get("DLBOOK_SITE_URL", "")  # where what is not printed stands
    made = page.evaluate(text("paper.js"), {"pages": chapters(book, language), "words": words(book, language), "site": site})
    if made["missing"]:
        raise PaperError(f"{name}: no picture at {made['missing'][0]}")
    return made["listed"]


def _print(page: "Page", listed: list[str], draft: Path) -> None:
    """Print until the numbers in the contents are those of the pages: they fill room kept for them, so twice mostly."""
    numbers: dict[str, int] = {}
    for _ in range(4):
        before = numbers
        page.pdf(path=draft, prefer_css_page_size=True, outline=True, tagged=True, print_background=True)
        numbers = _page_numbers(draft, listed)
        if numbers == before:
            return
        page.evaluate(FILL, numbers)
    raise PaperError(f"{draft.name}: the page numbers do not settle")


FILL = """numbers => {
  for (const place of document.querySelectorAll('.paper-page')) place.textContent = numbers[place.dataset.page];
}"""


def _page_numbers(file: Path, names: list[str]) -> dict[str, int]:
    """On which page each named place stands, from 1."""
    import pikepdf

    with pikepdf.open(file) as printed:
        places = {name.lstrip("/"): place for name, place in printed.Root.get("/Dests", {}).items()}
        missing = [name for name in names if name not in places]
        if missing:
            raise PaperError(f"{file.name}: {missing[0]!r} stands in the contents and on no page")
        return {name: pikepdf.Page(places[name][0]).index + 1 for name in names}


def _pack(draft: Path, target: Path) -> int:
    """Write the printed file anew, its small parts packed together: less than half as large. Returns its pages."""
    import pikepdf

    packed = target.with_name(f".{target.name}.packed")
    with pikepdf.open(draft) as printed:
        printed.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)
        pages = len(printed.pages)
    packed.replace(target)
    return pages


def words(book: Book, language: str) -> dict[str, str]:
    """What the book says of itself, and the words around it."""
    config = {**read_config(book.config(book.first)), **read_config(book.config(language))}  # as INHERIT does for these
    about = {"title": config["site_name"], "about": config["site_description"], "edition": config["copyright"]}
    said = phrases.of(language)
    return {**about, **{name: said[name] for name in ("contents", "solutions", "solution_on")}}


def text(name: str) -> str:
    """A file beside the pages' own: what runs in the browser, and how it looks."""
    return (files("dlbook.book.site") / "paper" / name).read_text("utf8")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A built site on a port of this machine; gives its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        pass


@contextmanager
def opened() -> "Iterator[Page]":
    """A page of Chromium.

    Raises:
        PaperError: there is none.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = chromium_here() or playwright.chromium.executable_path
        if not Path(path).exists():
            raise PaperError("no Chromium here: install one (apt install chromium), or name yours in DLBOOK_CHROMIUM")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def main() -> None:
    """The command line."""
    run_command(__doc__, "pdf", "pages", print_book)


def run_command(about: str, kind: str, parts: str, write: Writer) -> None:
    """The command line of what makes one file per language of a built site.

    Args:
        about: what the command does, in its first line.
        kind: of the files, as their names end.
        parts: what the number is of that `write` returns.
        write: makes one file: of a book, a language, a built site, the file and a page of a browser.
    """
    options = _options(about, kind)
    build.tell()
    try:
        book = book_here()
        with tempfile.TemporaryDirectory() as folder:
            site = options.site_dir or Path(folder) / "site"
            if not options.site_dir:
                build.build(book, site)
            options.to.mkdir(parents=True, exist_ok=True)
            for language in options.language or book.languages:
                target = options.to / f"{book.options.package or 'book'}.{language}.{kind}"
                with opened() as page:
                    print(f"{target}: {write(book, language, site, target, page)} {parts}")
    except (build.BuildError, NoBookError, PaperError) as error:
        sys.exit(str(error))


def _options(about: str, kind: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=about.split("\n")[0])
    parser.add_argument("--language", action="append", default=[], help="make this one only (may be repeated)")
    parser.add_argument("--to", type=Path, default=Path(), help=f"the folder for dlbook.en.{kind} and the others")
    parser.add_argument("--site-dir", type=Path, help="a site that is built already")
    return parser.parse_args()


if __name__ == "__main__":
    main()
