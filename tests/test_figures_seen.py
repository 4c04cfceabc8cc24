"""What can be seen of recorded figures, on a light page and on a dark one."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dlbook.book.layout import Book
from dlbook.book.listings.figures import COLOURS, words

BOOK = Book(Path(__file__).parents[1])
FIGURES = sorted(BOOK.figures.rglob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
LEGIBLE = 3.0  # contrast between a word and the ground it stands on; the theme's own words have 4.5 or more
PLAIN = re.compile(r"#[0-9a-f]{6}")
NAMED = re.compile(r"var\(--(\w+)\)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def brightness(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted([brightness(one), brightness(other)])
    return (high + 0.05) / (low + 0.05)


def shown(fill: str, palette: int) -> str:
    """A colour as six digits, on a light page (1) or a dark one (2)."""
    named = NAMED.fullmatch(fill)
    return COLOURS[named[1]][palette] if named else fill.lstrip("#")


def fills(element: ElementTree.Element, inherited: str = "#000000") -> Iterator[tuple[ElementTree.Element, str]]:
    """Each element with the colour that it is filled with, in the order in which they are painted; formulas are left out."""
    own = re.search(r"fill: ([^;]+)", element.get("style", ""))
    fill = own[1] if own else inherited
    yield element, fill
    for child in element:
        if not (child.tag == f"{SVG}g" and child.get("transform")):  # matplotlib moves the parts of a formula together
            yield from fills(child, fill)


def illegible(svg: str) -> list[str]:
    """Words that follow the palette on a box that does not, and cannot be read on a light or on a dark page."""
    boxes, found = [], []
    for element, fill in fills(ElementTree.fromstring(svg)):
        path = element.get("d", "").strip()
        if element.tag == f"{SVG}path" and path.endswith("z") and (PLAIN.fullmatch(fill) or NAMED.fullmatch(fill)):
            opaque = not re.search(r"\bopacity: 0|fill-opacity: 0", element.get("style", ""))
            numbers = [float(number) for number in NUMBER.findall(path)]
            boxes += [((numbers[::2], numbers[1::2]), fill)] if opaque else []
        elif element.tag == f"{SVG}text" and "rotate" not in element.get("transform", ""):
            moved = re.search(r"translate\((\S+)[ ,]+(\S+)\)", element.get("transform", ""))
            x, y = (float(n) for n in (moved.groups() if moved else (element.get("x", 0), element.get("y", 0))))
            under = [f for (xs, ys), f in boxes if min(xs) < x < max(xs) and min(ys) < y - 2 < max(ys)]
            faint = under and min(contrast(shown(fill, p), shown(under[-1], p)) for p in (1, 2)) < LEGIBLE
            found += ["".join(element.itertext()).strip()] if faint and PLAIN.fullmatch(under[-1]) else []
    return found


@pytest.mark.parametrize("figure", FIGURES, ids=lambda path: path.relative_to(BOOK.figures).as_posix())
def test_words_on_boxes_are_legible_on_a_light_and_on_a_dark_page(figure):
    assert illegible(figure.read_text("utf8")) == []


@pytest.mark.parametrize(
    ("box", "text", "bad"),
    [
        ("#ffffff", "var(--ink)", True),
        ("#bfbfbf", "var(--ink)", True),
        ("#000000", "var(--ink)", True),
        ("#bfbfbf", "#000000", False),
        ("var(--paper)", "var(--ink)", False),
    ],
)
def test_a_word_that_cannot_be_read_is_found(box, text, bad):
    svg = f"""<svg xmlns="http://www.w3.org/2000/svg"><path d="M 0 0 L 40 0 L 40 40 L 0 40 z" style="fill: {box}"/>
      <g style="fill: {text}"><text x="20" y="20">inside</text><text x="60" y="20">beside</text></g></svg>"""
    assert illegible(svg) == (["inside"] if bad else [])


def test_numbers_in_figures_have_a_real_minus():
    hyphens = re.compile(r"(?<![\w.)])-(?=\.?\d)")
    found = {str(path): [word for word in words(path.read_text("utf8")) if hyphens.search(word)] for path in FIGURES}
    assert {name: some for name, some in found.items() if some} == {}
