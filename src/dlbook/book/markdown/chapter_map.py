"""Markdown extension: the line `[[chapter-map]]` becomes a map of the chapters, drawn from what each says that it needs.

The map is a list: a row for each chapter, in the order of the nav, with a link and the time that it takes. Beside the rows
lines lead down, from a chapter to those that need it. Each row holds the lines that end there, so that a style can bring
them out when the row is pointed at. Words scale with the reader's font, and the lines, drawn in tenths of it, with them.
"""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.util import AtomicString

from dlbook.book import generated, phrases, reading
from dlbook.book.generated import Chapter
from dlbook.book.layout import Book
from dlbook.book.markdown.book_extension import BookExtension

MAP = "[[chapter-map]]"
ROW, LANE, BEND, COLOURS = 20, 7, 5, 6  # the height of a row, the way from lane to lane, the radius of a bend: in tenths of the font


def rows(chapters: list[Chapter]) -> dict[str, int]:
    """In which row each chapter stands; the name of each section has one above its chapters."""
    place: dict[str, int] = {}
    section = None
    for chapter in chapters:
        row = max(place.values(), default=-1) + 1 + (chapter.section != section)
        section = chapter.section
        place[chapter.name] = row
    return place


def lanes(chapters: list[Chapter]) -> dict[str, int]:
    """In which lane the line of each chapter leads down: the leftmost that is free from there to the last that needs it."""
    place = rows(chapters)
    last = dict(place)
    for chapter in chapters:
        last.update((name, place[chapter.name]) for name in chapter.needs)
    taken: list[int] = []  # of each lane the row down to which it is taken
    lane: dict[str, int] = {}
    for chapter in chapters:
        row = place[chapter.name]
        free = next((i for i, end in enumerate(taken) if end < row), len(taken))
        taken[free : free + 1] = [last[chapter.name]]
        lane[chapter.name] = free
    return lane


def line(start: tuple[int, int], end: tuple[int, int]) -> str:
    """The path from a dot down its lane and across to another dot, as SVG draws it, seen from the row of the other."""
    (x, y), (to, _) = start, end
    up, side = -(end[1] - y) * ROW, 1 if to > x else -1
    x, to, middle = LANE * x + LANE // 2, LANE * to + LANE // 2, ROW // 2
    return f"M{x} {middle + up}V{middle - BEND}Q{x} {middle} {x + side * BEND} {middle}H{to}"


def drawing(chapter: Chapter, place: dict[str, int], lane: dict[str, int]) -> ElementTree.Element:
    """The dot of a chapter and the lines that end in it."""
    attributes = {"viewBox": f"0 0 {_width(lane)} {ROW}", "aria-hidden": "true", "style": f"width:{_width(lane) / 10}em"}
    svg = ElementTree.Element("svg", attributes)
    here = lane[chapter.name], place[chapter.name]
    for name in chapter.needs:
        path = line((lane[name], place[name]), here)
        ElementTree.SubElement(svg, "path", {"d": path, "class": f"lane-{lane[name] % COLOURS}"})
    dot = {"cx": str(LANE * here[0] + LANE // 2), "cy": str(ROW // 2), "r": "3.5", "class": f"lane-{here[0] % COLOURS}"}
    ElementTree.SubElement(svg, "circle", dot)
    return svg


def _width(lane: dict[str, int]) -> int:
    return LANE * (max(lane.values()) + 1)


class ChapterMap(BlockProcessor):
    """Puts the map in the place of its line."""

    def __init__(self, md: Markdown, book: Book, language: str) -> None:
        super().__init__(md.parser)
        self.book, self.language = book, language

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        return block.strip() == MAP

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        blocks.pop(0)
        chapters, words = generated.timed(self.book, self.language), phrases.of(self.language)
        place, lane = rows(chapters), lanes(chapters)
        nav = ElementTree.SubElement(parent, "nav", {"class": "chapter-map", "aria-label": words["map"]})
        days = ElementTree.SubElement(nav, "ul")
        for section, of_section in _by_section(chapters):
            day = ElementTree.SubElement(days, "li")
            together = reading.duration(sum(chapter.minutes for chapter in of_section), words)
            _row(day, "div", section, together).set("style", f"padding-inline-start:{_width(lane) / 10 + 0.5}em")
            inside = ElementTree.SubElement(day, "ul")
            for chapter in of_section:
                item = _row(inside, "li", chapter.title, reading.duration(chapter.minutes, words), f"{chapter.name}.md")
                item.insert(0, drawing(chapter, place, lane))
                item.set("title", _said(chapter, chapters, words))


def _by_section(chapters: list[Chapter]) -> Iterator[tuple[str, list[Chapter]]]:
    for section in dict.fromkeys(chapter.section for chapter in chapters):
        yield section, [chapter for chapter in chapters if chapter.section == section]


def _row(parent: ElementTree.Element, tag: str, title: str, time: str, link: str = "") -> ElementTree.Element:
    row = ElementTree.SubElement(parent, tag)
    name = ElementTree.SubElement(row, *(("a", {"href": link}) if link else ("strong", {})))
    name.text = AtomicString(title)
    ElementTree.SubElement(row, "span").text = AtomicString(time)
    return row


def _said(chapter: Chapter, chapters: list[Chapter], words: dict[str, str]) -> str:
    titles = {one.name: one.title for one in chapters}
    needs = words["comma"].join(titles.get(name, name) for name in chapter.needs)
    return words["map_needs" if needs else "map_free"].format(title=chapter.title, needs=needs)


class ChapterMapExtension(BookExtension):
    """Options as those of `BookExtension`."""

    def add(self, md: Markdown, book: Book, language: str) -> None:
        md.parser.blockprocessors.register(ChapterMap(md, book, language), "dlbook_chapter_map", 95)


def makeExtension(**options: Any) -> ChapterMapExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return ChapterMapExtension(**options)
