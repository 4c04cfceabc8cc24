"""The book as an EPUB: `python -m dlbook.book.epub [--language en] [--to FOLDER]`. One file per language, for readers of books.

The pages are those that are printed (`dlbook.book.paper`), taken apart again: a file for each chapter, formulas as MathML,
drawings as SVG in the colours of day. Solutions stand at the end.
"""

import datetime
import re
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from dlbook.book import paper, phrases
from dlbook.book.layout import Book

if TYPE_CHECKING:
    from playwright.sync_api import Page

COLOURS = re.compile(r":root\{([^}]*)\}")
OF_THE_NIGHT = re.compile(r"@media \(prefers-color-scheme: dark\)\{:root\{[^}]*\}\}")
EMPTY = re.compile(r"<path(?![^>]*\bd=)[^>]*/>")  # EPUB wants a path to have points
COLOUR = re.compile(r"var\((--[\w-]+)\)")
XML = '<?xml version="1.0" encoding="utf-8"?>\n'
CONTAINER = f"""{XML}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".css": "text/css"}


def write_epub(book: Book, language: str, site: Path, target: Path, page: "Page") -> int:
    """Write one language of a built site as an EPUB; returns the number of its chapters.

    Args:
        book: the book.
        language: of the pages.
        site: where the site was built, with all languages.
        target: the file; is replaced once the new one is whole.
        page: of Chromium, which puts the pages together.

    Raises:
        dlbook.book.paper.PaperError: a picture or a place is missing.
    """
    with paper.whole_book(book, language, site, target.name, page):
        parts = page.evaluate(paper.text("epub.js"))
    if parts["lost"]:
        raise paper.PaperError(f"{target.name}: a link leads to {parts['lost'][0]!r}, which stands on no page")
    draft = target.with_name(f".{target.name}.draft")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in _files(book, language, site, parts):
                file.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return len(parts["chapters"])


def _files(book: Book, language: str, site: Path, parts: dict[str, Any]) -> Iterator[tuple[str, str | bytes]]:
    """Each file of an EPUB: its name and content. `mimetype` must come first."""
    yield "mimetype", "application/epub+zip"
    yield "META-INF/container.xml", CONTAINER
    yield "book/package.opf", _package(book, language, parts)
    yield "book/contents.xhtml", _document(language, phrases.of(language)["contents"], _contents(book, language, parts))
    yield "book/book.css", paper.text("epub.css")
    for chapter in parts["chapters"]:
        yield f"book/{chapter['file']}", _document(language, chapter["title"], chapter["body"])
    for address, name in parts["pictures"]:
        content = (site / _path(address)).read_bytes()
        yield f"book/{name}", by_day(content.decode()) if name.endswith(".svg") else content


def by_day(drawing: str) -> str:
    """A drawing with the colours of day in the place of names: few readers of EPUB know variables."""
    drawing = EMPTY.sub("", drawing)
    found = COLOURS.search(drawing)
    if not found:
        return drawing
    day = dict(pair.split(":") for pair in found[1].strip(";").split(";"))
    plain = OF_THE_NIGHT.sub("", drawing).replace(found[0], "", 1)
    return COLOUR.sub(lambda name: day[name[1]], plain)


def _path(address: str) -> str:
    """Where a picture stands in the site, from its address."""
    return address.split("/", 3)[3]


def _document(language: str, title: str, body: str) -> str:
    head = f"<head><title>{escape(title)}</title><link rel='stylesheet' type='text/css' href='book.css'/></head>"
    spaces = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    return f'{XML}<!DOCTYPE html>\n<html {spaces} lang="{language}" xml:lang="{language}">{head}<body>{body}</body></html>'


def _contents(book: Book, language: str, parts: dict[str, Any]) -> str:
    """The contents: chapters within the sections of the nav."""
    sections = {chapter["name"].replace("/", "-") + ".xhtml": chapter["section"] for chapter in paper.chapters(book, language)}
    items, last = [], ""
    for chapter in parts["chapters"]:
        section = sections.get(chapter["file"], "")
        if section != last:
            items.append(("</ol></li>" if last else "") + (f"<li><span>{escape(section)}</span><ol>" if section else ""))
        last = section
        items.append(f'<li><a href="{chapter["file"]}">{escape(chapter["title"])}</a></li>')
    closing = "</ol></li>" if last else ""
    return f'<nav epub:type="toc"><h1>{phrases.of(language)["contents"]}</h1><ol>{"".join(items)}{closing}</ol></nav>'


def _package(book: Book, language: str, parts: dict[str, Any]) -> str:
    about = paper.words(book, language)
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    code = uuid.uuid5(uuid.NAMESPACE_URL, f"{about['title']} {language}")
    chapters, pictures = parts["chapters"], [name for _, name in parts["pictures"]]
    items = [_item("contents", "contents.xhtml", "application/xhtml+xml", "nav"), _item("style", "book.css", KINDS[".css"])]
    items += [_item(f"c{i}", c["file"], "application/xhtml+xml", _holds(c)) for i, c in enumerate(chapters)]
    items += [_item(f"p{i}", name, KINDS[Path(name).suffix]) for i, name in enumerate(pictures)]
    order = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    return (
        f'{XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="code" xml:lang="{language}">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="code">urn:uuid:{code}</dc:identifier><dc:title>{escape(about["title"])}</dc:title>'
        f"<dc:language>{language}</dc:language><dc:description>{escape(about['about'])}</dc:description>"
        f"<dc:rights>{escape(about['edition'])}</dc:rights>"
        f'<meta property="dcterms:modified">{now}</meta></metadata>'
        f'<manifest>{"".join(items)}</manifest><spine>{order}</spine></package>'
    )


def _holds(chapter: dict[str, Any]) -> str:
    return " ".join(name for name, there in (("mathml", chapter["math"]), ("svg", chapter["svg"])) if there)


def _item(code: str, name: str, kind: str, properties: str = "") -> str:
    said = f' properties="{properties}"' if properties else ""
    return f'<item id="{code}" href="{name}" media-type="{kind}"{said}/>'


def main() -> None:
    """The command line."""
    paper.run_command(__doc__, "epub", "chapters", write_epub)


if __name__ == "__main__":
    main()
