"""Reads a recorded figure: its axes and their names, its legends, its lines and points."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
from PIL import Image

SVG, HREF = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
VALUE = re.compile(r"[−-]?[\d.,]+(?:e[−-]?\d+)?|[\d.]*×?10[−-]?\d+|0")
SPINE = "fill: none; stroke: var(--line); stroke-width: 0.8"
LEGEND = "fill: var(--paper); opacity: 0.8"
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Text:
    """Words, their place, whether they are turned."""

    words: str
    x: float
    y: float
    turned: bool


@dataclass(frozen=True)
class Axis:
    """A line with ticks: from `start` to `end`, at `at` in the other direction."""

    start: float
    end: float
    at: float

    def spans(self, value: float) -> bool:
        return self.start - 12 <= value <= self.end + 12


class Drawing:
    """A figure as SVG text."""

    def __init__(self, svg: str) -> None:
        self.root = ElementTree.fromstring(svg)
        self.elements = list(self.root.iter())
        self.ids = {element.get("id"): element for element in self.elements if element.get("id")}

    @cached_property
    def texts(self) -> list[Text]:
        """Its words, formulas among them."""
        return list(_texts(self.root, 0.0, 0.0))

    def unnamed(self) -> list[str]:
        """The axes with values and without a name: "x" or "y", each with its first value."""
        return [*self._unnamed_x(), *self._unnamed_y()]

    def _unnamed_x(self) -> Iterator[str]:
        level = [text for text in self.texts if not text.turned]
        for axis in self._spines(0):
            values = [t for t in level if VALUE.fullmatch(t.words) and 4 < t.y - axis.at < 20 and axis.spans(t.x)]
            names = [
                t
                for t in level
                if not VALUE.fullmatch(t.words) and 14 < t.y - axis.at < 48 and axis.start - 30 < t.x < axis.end + 30
            ]
            if len(values) > 1 and not names:
                yield f"x: {values[0].words} …"

    def _unnamed_y(self) -> Iterator[str]:
        sides = self._spines(1)
        for axis in sides:
            values = [t for t in self.texts if VALUE.fullmatch(t.words) and 0 < axis.at - t.x < 36 and axis.spans(t.y)]
            if len(values) > 1 and not any(self._names_y(axis, other) for other in sides):
                yield f"y: {values[0].words} …"

    def _names_y(self, axis: Axis, other: Axis) -> bool:
        """Whether an axis has a name beside it, or a title; or shares the name of another of its row."""
        same_row = abs(axis.start - other.start) < 2 and other.at <= axis.at
        beside = any(
            t.turned and 0 < other.at - t.x < 75 and other.start - 60 < t.y < other.end + 60 for t in self.texts
        )
        above = any(
            not t.turned and 0 < axis.start - t.y < 24 and -12 < t.x - axis.at < 130 and not VALUE.fullmatch(t.words)
            for t in self.texts
        )
        return same_row and (beside or above)

    def _spines(self, direction: int) -> list[Axis]:
        """The lines along x (0) or y (1)."""
        found = []
        for element in self.elements:
            numbers = [float(n) for n in NUMBER.findall(element.get("d", ""))]
            if element.tag == f"{SVG}path" and element.get("style", "").startswith(SPINE) and len(numbers) == 4:
                along, across = numbers[direction::2], numbers[1 - direction :: 2]
                if across[0] == across[1]:
                    found.append(Axis(min(along), max(along), across[0]))
        return found

    def covered(self) -> list[str]:
        """What lies under a legend: lines and points that were drawn before it."""
        found = []
        for index, element in enumerate(self.elements):
            if element.get("style", "").startswith(LEGEND) and "Q" in element.get("d", ""):
                box = _box([float(n) for n in NUMBER.findall(element.get("d", ""))])
                found += [kind for before in self.elements[:index] if (kind := self._lies_in(before, box))]
        return found

    def signed_one_way(self) -> list[str]:
        """The negative numbers that stand in a picture, or at its scale, whose colours run from dark blue to yellow."""
        found = []
        for image in self.root.iter(f"{SVG}image"):
            left, top, right, bottom = _extent(image)
            scale = 14 if right - left < 16 else 0  # its numbers stand right of it
            if _runs_one_way(image.get(HREF, "")):
                near = (t for t in self.texts if left < t.x < right + scale and top < t.y < bottom + 6)
                found += [t.words for t in near if re.fullmatch(r"[−-]\d+(\.\d+)?", t.words)]
        return found

    def _lies_in(self, element: ElementTree.Element, box: Box) -> str:
        box = self._clipped(element, box)
        style = element.get("style", "")
        if element.tag == f"{SVG}path" and re.match(r"fill: none; stroke: (var\(--c\d\)|#)", style):
            return "line" if any(_crosses(*segment, box) for segment in _segments(element.get("d", ""))) else ""
        mark = re.search(r"fill: (var\(--c\d\)|#\w+)", style) if element.tag == f"{SVG}use" else None
        if mark and element.get("x"):
            x, y = (float(element.get(name, 0)) for name in "xy")
            return "point" if box[0] < x < box[2] and box[1] < y < box[3] else ""
        return ""

    def _clipped(self, element: ElementTree.Element, box: Box) -> Box:
        clip = re.search(r"#(\w+)", element.get("clip-path", ""))
        shape = self.ids.get(clip[1]) if clip else None
        if shape is None or not len(shape):
            return box
        x, y, wide, high = (float(shape[0].get(name, 0)) for name in ("x", "y", "width", "height"))
        return max(box[0], x), max(box[1], y), min(box[2], x + wide), min(box[3], y + high)


def _texts(element: ElementTree.Element, x: float, y: float) -> Iterator[Text]:
    moved = re.search(r"translate\((\S+)[ ,]+([^)\s]+)\)", element.get("transform", ""))
    x, y = (x + float(moved[1]), y + float(moved[2])) if moved else (x, y)
    if element.tag == f"{SVG}text":
        turned = bool(re.search(r"rotate\(-?(?:90|270)", element.get("transform", "")))
        words = "".join("".join(element.itertext()).split())
        yield Text(words, x + float(element.get("x", 0)), y + float(element.get("y", 0)), turned)
        return
    for child in element:
        yield from _texts(child, x, y)


def _extent(image: ElementTree.Element) -> Box:
    x, y, wide, high = (float(image.get(name, 0)) for name in ("x", "y", "width", "height"))
    moved = [float(n) for n in NUMBER.findall(image.get("transform", ""))]
    if image.get("transform", "").startswith("matrix"):
        return moved[4], moved[5], moved[4] + moved[0] * wide, moved[5] + moved[3] * high
    top = -(y + high + moved[-1]) if moved else y  # scale(1 -1) translate(0 …)
    return x, top, x + wide, top + high


def _runs_one_way(data: str) -> bool:
    picture = Image.open(BytesIO(base64.b64decode(data.partition(",")[2]))).convert("RGB")
    return any(
        (b - r > 40 and g > r) or (r - b > 80 and g > 0.87 * r)
        for r, g, b in np.asarray(picture).reshape(-1, 3).tolist()
    )


def _box(numbers: list[float]) -> Box:
    """A little smaller than it is: its frame may be touched."""
    return min(numbers[::2]) + 2, min(numbers[1::2]) + 2, max(numbers[::2]) - 2, max(numbers[1::2]) - 2


def _segments(path: str) -> Iterator[tuple[float, float, float, float]]:
    for part in path.split("M")[1:]:
        numbers = [float(n) for n in NUMBER.findall(part)]
        places = list(zip(numbers[::2], numbers[1::2], strict=False))
        yield from ((*one, *other) for one, other in pairwise(places))


def _crosses(x0: float, y0: float, x1: float, y1: float, box: Box) -> bool:
    """Whether a segment has a part within a box (Liang and Barsky)."""
    start, end = 0.0, 1.0
    for step, low, high in ((x1 - x0, box[0] - x0, box[2] - x0), (y1 - y0, box[1] - y0, box[3] - y0)):
        if step == 0:
            if low > 0 or high < 0:
                return False
            continue
        near, far = sorted((low / step, high / step))
        start, end = max(start, near), min(end, far)
    return start < end and box[0] < box[2] and box[1] < box[3]
