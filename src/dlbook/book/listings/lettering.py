"""The letters of a figure on a phone: where a figure is shown smaller than it was drawn, its words are set larger, if there is room.

A figure is an image, so its own style knows how wide it is shown: `@media (max-width: …)` asks for that, not for the screen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from math import ceil

PHONE, LEGIBLE = 358, 9.0  # how wide a figure is on a phone of 390 pixels, and how high its letters should be, in pixels
WIDTH = re.compile(r'viewBox="\S+ \S+ (?P<width>[\d.]+) ')
TEXT = re.compile(r"<text (?P<about>[^>]*)>(?P<words>[^<]*)</text>")
SIZE = re.compile(r"font-size: (?P<size>[\d.]+)px")
PLACE = re.compile(r'translate\((?P<x>\S+) (?P<y>\S+)\)| x="(?P<x2>\S+)" y="(?P<y2>\S+)"')
FORMULA = re.compile(r"<tspan [^>]*font-size: (?P<size>[\d.]+)px")
FRAME = re.compile(r'<path d="(?P<d>M [^"]* z)"(?! style="fill: var\(--paper\); opacity: 0\.8)')  # a legend's may be overstepped
ANCHOR = re.compile(r"text-anchor: (?P<anchor>\w+)")
SHARE = {"start": 0.0, "middle": 0.5, "end": 1.0}  # of a word, what stands left of its place
LETTER = 0.62  # the width of a letter as a part of its size, in the mean over the fonts of readers
PIXELS = 4 / 3  # of a unit of a figure that is shown as large as it was drawn
GAP = 2.0  # between words of one line
STEP = 0.25  # from one size to the next that is tried


@dataclass(frozen=True)
class Word:
    """Words in a figure that stand level: their place, their size, which end stands there."""

    words: str
    x: float
    y: float
    size: float
    anchor: str

    @property
    def ends(self) -> tuple[float, float]:
        """Where they begin and end, by an estimate."""
        wide = LETTER * self.size * len(self.words)
        left = self.x - SHARE[self.anchor] * wide
        return left, left + wide

    def meets(self, other: "Word") -> bool:
        """Whether they run into others of their line."""
        (a, b), (c, d) = self.ends, other.ends
        return abs(self.y - other.y) < 0.7 * min(self.size, other.size) and a < d + GAP and c < b + GAP


def words_in(svg: str) -> list[Word]:
    """The words of a figure that stand level; formulas are none."""
    return list(_words(svg))


def _words(svg: str) -> Iterator[Word]:
    for text in TEXT.finditer(svg):
        size, place = SIZE.search(text["about"]), PLACE.search(text["about"])
        turned = re.search(r"rotate\(-?(?!0 )\d", text["about"])
        if size and place and not turned:
            x, y = (float(place[name] or place[f"{name}2"]) for name in "xy")
            anchor = ANCHOR.search(text["about"])
            yield Word(text["words"], x, y, float(size["size"]), anchor["anchor"] if anchor else "start")


def width(svg: str) -> float:
    """How wide a figure was drawn, in its own units; 0 if it does not say."""
    found = WIDTH.search(svg)
    return float(found["width"]) if found else 0.0


def needed(svg: str) -> float:
    """The size of letters that are high enough on a phone."""
    return LEGIBLE * width(svg) / PHONE


def has_room(svg: str, size: float) -> bool:
    """Whether the words of a figure can be that large: none leaves the figure or its frame, none runs into another."""
    then = [replace(word, size=max(size, word.size)) for word in words_in(svg)]
    room = all(word.ends[0] >= -1 and word.ends[1] <= width(svg) + 1 for word in then)
    met = any(one.meets(other) for one, other in combinations(then, 2))
    return room and not met and not any(_leaves(word, frame) for frame in _frames(svg) for word in then)


def _frames(svg: str) -> list[tuple[float, float, float, float]]:
    corners = (list(map(float, re.findall(r"-?[\d.]+", frame["d"]))) for frame in FRAME.finditer(svg))
    return [(min(n[::2]), max(n[::2]), min(n[1::2]), max(n[1::2])) for n in corners if len(n) >= 8]


def _leaves(word: Word, frame: tuple[float, float, float, float]) -> bool:
    """Whether words that stand within a frame of about their size would stick out."""
    left, right, top, bottom = frame
    inside = left < word.x < right and top < word.y - word.size / 3 < bottom
    small = right - left < 12 * word.size
    return inside and small and (word.ends[0] < left or word.ends[1] > right)


def larger_letters(svg: str) -> str:
    """The rules that enlarge letters where a figure is narrower than it was drawn; none if they are large enough, or have no room.

    All letters of a formula grow together, from its left end on.
    """
    size = _size_with_room(svg)
    rules = [f'text[style*="font-size: {small:g}px"]{{font-size:{size:.2f}px!important}}' for small in sorted(_sizes(svg)) if small < size]
    formula = max(map(float, FORMULA.findall(svg)), default=size)
    rules += [f"g[transform]>text{{transform:scale({size / formula:.2f})}}"] if formula < size else []
    return f"@media (max-width:{width(svg):.0f}px){{{''.join(rules)}}}" if rules else ""


def _size_with_room(svg: str) -> float:
    """The size of letters that a phone needs, or the largest below for which there is room; 0 if there is none."""
    enough = needed(svg)
    steps = ceil((enough - _smallest(svg)) / STEP) if width(svg) else 0
    return next((size for step in range(steps) if has_room(svg, size := enough - step * STEP)), 0.0)


def _smallest(svg: str) -> float:
    """The size of the smallest letters, exponents left out."""
    formulas = [max(map(float, found))] if (found := FORMULA.findall(svg)) else []
    return min([*_sizes(svg), *formulas], default=10 * LEGIBLE)


def _sizes(svg: str) -> set[float]:
    """The sizes of the words in a figure; formulas are left out."""
    return {float(size["size"]) for text in TEXT.finditer(svg) if (size := SIZE.search(text["about"]))}


def height_on_a_phone(svg: str) -> float:
    """How high the smallest letters of a figure are on a phone, in pixels; exponents are left out."""
    return max(_smallest(svg), _size_with_room(svg)) * min(PIXELS, PHONE / (width(svg) or PHONE))
