"""The lines of a label of more than one line, each of which has a place of its own: shorter words stay centred there.

matplotlib writes where each line begins, as wide as its own font (DejaVu Sans) makes it.
"""

import html
import re
from dataclasses import dataclass
from itertools import pairwise

LINE = re.compile(r'<text style="(?P<style>[^"]*)" transform="translate\((?P<x>\S+) (?P<y>\S+)\)">(?P<label>[^<]+)</text>')
SIZE = re.compile(r"font-size: ([\d.]+)px")
APART = 2.0  # times the size of the letters: lines of one label are no further from each other
# Thousandths of the size of the letters.
WIDTHS = {
    **dict.fromkeys("ijl|", 278), **dict.fromkeys(" ,.", 318), **dict.fromkeys(":;/", 337), **dict.fromkeys("frt()", 385),
    **dict.fromkeys("cszk-", 550), **dict.fromkeys("vxy", 592), **dict.fromkeys("mM", 920), **dict.fromkeys("w×=+", 828),
}  # fmt: skip
LATIN, WIDE = 630, 1000
CHINESE = re.compile(r"[\u2e80-\uffef“”]")


def wide(words: str) -> float:
    """How wide words are, as a part of the size of their letters: an estimate."""
    return sum(WIDE if CHINESE.match(letter) else WIDTHS.get(letter, LATIN) for letter in words) / 1000


@dataclass(frozen=True)
class _Line:
    label: str
    x: float
    y: float
    size: float
    style: str

    @property
    def centre(self) -> float:
        return self.x + self.size * wide(self.label) / 2

    def goes_on_in(self, other: "_Line") -> bool:
        return self.style == other.style and 0 < other.y - self.y < APART * self.size

    def is_centred_over(self, other: "_Line") -> bool:
        """Whether both have one centre, rather than one beginning."""
        return abs(self.centre - other.centre) < abs(self.x - other.x) or (self.x == other.x and self.label == other.label)


def _line(text: re.Match[str]) -> _Line:
    size = SIZE.search(text["style"])
    return _Line(html.unescape(text["label"]), float(text["x"]), float(text["y"]), float(size[1]) if size else 10.0, text["style"])


def centred(recorded: str, made: str) -> str:
    """A drawing with other words in it, whose lines are centred again.

    Args:
        recorded: with the words that it was recorded with.
        made: the same with the other words.
    """
    before, after = ([_line(text) for text in LINE.finditer(drawing)] for drawing in (recorded, made))
    ends: dict[int, float] = {}
    for (i, one), (j, other) in pairwise(enumerate(before)):
        if one.goes_on_in(other) and one.is_centred_over(other):
            ends |= {n: before[n].x + before[n].size * (wide(before[n].label) - wide(after[n].label)) / 2 for n in (i, j)}
    numbers = iter(range(len(after)))

    def moved(text: re.Match[str]) -> str:
        number = next(numbers)
        if number not in ends or after[number].label == before[number].label:
            return text[0]
        return text[0].replace(f"translate({text['x']} ", f"translate({ends[number]:.2f} ", 1)

    return LINE.sub(moved, made)
