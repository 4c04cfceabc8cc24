"""Figures: from matplotlib to a lean SVG that knows light from dark, and the comparison of two."""

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from dlbook.book.listings.comparing import same_text
from dlbook.book.listings.painting import COLOURS, PALETTE, painted

STYLE = Path(__file__).with_name("dlbook.mplstyle")
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"
POINTS = 0.5  # how far a coordinate may move, in points: less than a reader can see
LEVELS = 3  # how far a colour may move, of 255

HYPHEN = re.compile(r"(?<![\w.)])-(?=\.?\d)")  # in the place of a minus: a listing prints numbers, and figures show them
NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
TOKEN = re.compile(r"#[0-9a-f]{6}\b|-?\d+(?:\.\d+)?(?:e-?\d+)?")
# matplotlib closes a contour if its last point is its first to the last bit, which is another on another machine
CLOSED = re.compile(r"(M (\S+ \S+) [^Mz]*L \2) z")


def render(figure: Any) -> str:
    """Save a matplotlib figure as lean SVG text."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return lean(buffer.getvalue())


def lean(svg: str) -> str:
    """Strip what no reader sees, round to hundredths, and name the house colours.

    Ids are renumbered in order of appearance: matplotlib makes them from hashes of coordinates,
    so that a change in the last bit would change them all.
    """
    root = ElementTree.fromstring(svg)
    for parent in root.iter():
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style"):
                parent.remove(child)
    _renumber_ids(root)
    _unwrap(root)
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if value.startswith(("rotate(0 ", "rotate(-0 ")):
                del element.attrib[name]
            elif not value.startswith("data:"):
                element.set(name, _lean_value(value))
        if element.tag == f"{{{SVG}}}image":
            element.set("style", _scaling(element))
        if element.tag == f"{{{SVG}}}text" and element.text:
            element.text = HYPHEN.sub("−", element.text)
    root.insert(0, ElementTree.Element(f"{{{SVG}}}style"))
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return painted(re.sub(r">\s+<", "><", ElementTree.tostring(root, "unicode")).replace("><", ">\n<") + "\n")


def _lean_value(value: str) -> str:
    value = NUMBER.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip(".") or "0", value)
    value = re.sub(r"\s+", " ", value).strip().replace("-0 ", "0 ")
    value = re.sub(r"font-family: [^;]*?(, monospace|, serif)?(; |$)", _generic_family, value)
    for name, (colour, _, _) in COLOURS.items():
        value = value.replace(f"#{colour}", f"var(--{name})")
    return value


def _generic_family(family: re.Match[str]) -> str:
    """Name no fonts but the reader's own; sans-serif is the figure's default."""
    return f"font-family: {family[1][2:]}{family[2]}" if family[1] else ""


def _renumber_ids(root: ElementTree.Element) -> None:
    """Keep only the ids that something refers to, named in the order in which they are referred to."""
    uses = re.compile(r"url\(#([^)]+)\)|^#(.+)$")
    names: dict[str, str] = {}
    for element in root.iter():
        for key, value in list(element.attrib.items()):
            for match in uses.finditer(value):
                old = match[1] or match[2]
                new = names.setdefault(old, f"i{len(names)}")
                element.set(key, element.attrib[key].replace(f"#{old}", f"#{new}"))
    for element in root.iter():
        old = element.attrib.pop("id", None)
        if old in names:
            element.set("id", names[old])


def _unwrap(element: ElementTree.Element) -> None:
    """Take away the groups that say nothing."""
    children = []
    for child in element:
        _unwrap(child)
        bare = child.tag == f"{{{SVG}}}g" and not child.attrib
        children += list(child) if bare else [child]
    element[:] = children


def _scaling(image: ElementTree.Element) -> str:
    """Few pixels are a matrix, to be seen square by square; many are a photograph."""
    return "image-rendering: pixelated" if _pixels(image.attrib[HREF]).shape[1] <= 48 else ""


def words(svg: str) -> list[str]:
    """The texts in a figure, in order."""
    return [text.strip() for text in _texts(ElementTree.fromstring(svg)) if text.strip()]


def difference(recorded: str, now: str, *, numbers: bool = True) -> str | None:
    """Say where two figures differ by more than a reader could see; None if nowhere.

    Args:
        recorded: the recorded SVG.
        now: the SVG of this run.
        numbers: whether positions are compared; without, only the words of the figure are.
    """
    if not numbers:
        others = _words_without_numbers(recorded) ^ _words_without_numbers(now)
        return f"words differ: {sorted(others)}" if others else None
    left, right = (list(ElementTree.fromstring(PALETTE.sub("", svg, count=1)).iter()) for svg in (recorded, now))
    if [e.tag for e in left] != [e.tag for e in right]:
        return f"other elements: {len(left)} recorded, {len(right)} now"
    return next(filter(None, map(_element_difference, left, right)), None)


def _words_without_numbers(svg: str) -> set[str]:
    """Its words; numbers in them are all one, and tick labels, which are only numbers, are none."""
    masked = (re.sub(r"[\d.]+", "#", word) for word in words(svg))
    return {word for word in masked if re.search(r"[^\W_]", word)}


def _element_difference(a: ElementTree.Element, b: ElementTree.Element) -> str | None:
    kind = a.tag.partition("}")[2]
    if not same_text(a.text or "", b.text or ""):
        return f"<{kind}> says {b.text!r}, recorded is {a.text!r}"
    if a.attrib.keys() != b.attrib.keys():
        return f"<{kind}> has other attributes: {sorted(a.attrib.keys() ^ b.attrib.keys())}"
    for key in a.attrib:
        if not _same_value(a.attrib[key], b.attrib[key]):
            return f"<{kind}> {key.rpartition('}')[2]} is {b.attrib[key][:80]!r}, recorded is {a.attrib[key][:80]!r}"
    return None


def _same_value(a: str, b: str) -> bool:
    a, b = (CLOSED.sub(r"\1", value) for value in (a, b))
    if a == b:
        return True
    if a.startswith("data:") and b.startswith("data:"):
        return _same_pixels(a, b)
    if TOKEN.sub("#", a) != TOKEN.sub("#", b):
        return False
    return all(map(_same_token, TOKEN.findall(a), TOKEN.findall(b)))


def _same_token(a: str, b: str) -> bool:
    if a.startswith("#") or b.startswith("#"):
        levels = zip(bytes.fromhex(a.strip("#")), bytes.fromhex(b.strip("#")), strict=True)
        return all(abs(x - y) <= LEVELS for x, y in levels)
    return abs(float(a) - float(b)) <= POINTS


def _same_pixels(a: str, b: str) -> bool:
    left, right = _pixels(a), _pixels(b)
    return left.shape == right.shape and bool((abs(left - right) <= LEVELS).all())


def _pixels(data: str) -> Any:
    import numpy
    from PIL import Image

    picture = Image.open(io.BytesIO(base64.b64decode(data.partition(",")[2]))).convert("RGBA")
    return numpy.asarray(picture).astype(int)


def _texts(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter(f"{{{SVG}}}text"):
        yield "".join(element.itertext())
