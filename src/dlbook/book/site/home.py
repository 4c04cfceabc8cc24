"""The home page of a built book: what the book holds, counted, and its chapters as cards with their first picture.

The page itself is a list of links, and reads well as one where this is not called.
"""

import re
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from dlbook.book import generated, phrases, reading
from dlbook.book.layout import LABS, Book
from dlbook.book.markdown import images, pages

PICTURE = re.compile(r"\]\((?P<src>(?:\.\./)*figures/[\w/.-]+\.svg)\)")
LIST = re.compile(r"<ul>\n?(?P<items>(?:<li><a href=\"[^\"]+\">.*?</a>[^\n]*</li>\n?)+)</ul>")
ITEM = re.compile(r'<li>(?P<link><a href="(?P<href>[^"]+)">.*?</a>)(?::|：)?\s*(?P<said>.*?)</li>')
NOTEBOOK = re.compile(r'<a class="md-button" href="(?P<page>[^"]+?)(?:/|\.html)">')
HEAVY = 8_000  # bytes of a picture, zipped: there are more than forty cards
LEVELS = 4, 9  # a chapter that stands at the end of so many others is of the second level, and of the third


def decorated(html: str, book: Book, language: str) -> str:
    """The content of the home page, made richer.

    The counts stand before its first section, its lists of chapters are cards, and its second button gives the notebook of the
    page that it led to.
    """
    html = NOTEBOOK.sub(r'<a class="md-button" href="notebooks/\g<page>.ipynb" download>', html, count=1)
    html = html.replace("<h2", proof(book, language) + "\n<h2", 1)
    return LIST.sub(lambda found: _cards(found, book, language), html)


def proof(book: Book, language: str) -> str:
    """What the book holds, as a list of numbers."""
    words = phrases.of(language)
    items = "".join(f"<li><b>{number:,}</b> {words[f'proof_{name}']}</li>" for name, number in counts(book).items())
    return f'<ul class="book-proof">{items}</ul>'


@cache
def counts(book: Book) -> dict[str, int]:
    """How many chapters, blocks that run, formulas with a test, recorded figures and languages there are."""
    folder = book.docs / book.first
    texts = [page for page in folder.rglob("*.md") if page.parent in (folder, folder / LABS)]
    elements = [element for page in texts for element in pages.read(page)]
    return {
        "chapters": len(generated.chapters(book, book.first)),
        "blocks": sum(fence.is_python for page in texts for fence in pages.fences(page)),
        "formulas": sum(element.kind == "equation" and bool(pages.label(element)) for element in elements),
        "figures": sum(len(PICTURE.findall(pages.text_of(page))) for page in texts),
        "languages": len(book.languages),
    }


def _cards(found: re.Match[str], book: Book, language: str) -> str:
    items = [(item, _page_of(book, language, item["href"])) for item in ITEM.finditer(found["items"])]
    if not all(page for _, page in items):
        return found[0]
    cards = "".join(f"<li>{item['link']}<span>{item['said']}</span>{_beside(book, language, page)}</li>" for item, page in items if page)
    return f'<ul class="book-cards">{cards}</ul>'


def _page_of(book: Book, language: str, href: str) -> Path | None:
    """The page that an address of the built site leads to, if it is one of the book."""
    name = re.sub(r"(?:/|\.html|/index\.html)$", "", href)
    page = book.docs / language / f"{name}.md"
    return page if page.exists() else None


def _beside(book: Book, language: str, page: Path) -> str:
    """The first picture of a page, how far on it stands, and how long it takes."""
    words, name = phrases.of(language), page.relative_to(book.docs / language).with_suffix("").as_posix()
    source = picture_of(book, page)
    size = " ".join(f'{name}="{number}"' for name, number in images.size(book.theme / source).items()) if source else ""
    picture = f'<img src="{source}" {size} alt="" loading="lazy" decoding="async">' if source else ""
    time = reading.duration(reading.minutes(book, name, language), words)
    far = [words["level"].format(level=level(book, name))] if generated.is_chapter(book, name) else []
    return f"{picture}<small>{' · '.join([*far, time])}</small>"


def picture_of(book: Book, page: Path) -> str:
    """The first picture of a page that is not heavy; the lightest, if all are; nothing if there is none."""
    sources = [found["src"].replace("../", "") for found in PICTURE.finditer(pages.text_of(page))]
    weights = {source: len(zlib.compress((book.theme / source).read_bytes())) for source in sources}
    light = (source for source, weight in weights.items() if weight <= HEAVY)
    return next(light, min(weights, key=lambda source: weights[source], default=""))


def level(book: Book, name: str) -> int:
    """1, 2 or 3: by the longest row of chapters that lead to this one."""
    return 1 + sum(_before(book, name) >= least for least in LEVELS)


@cache
def _before(book: Book, name: str) -> int:
    """How many chapters the longest row has that each need the one before, and that leads here."""
    return max((1 + _before(book, need) for need in _needs(book, name)), default=0)


def _needs(book: Book, name: str) -> Iterator[str]:
    yield from generated.front_matter(book.docs / book.first / f"{name}.md").get("needs", [])
