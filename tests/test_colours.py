"""The colours of lines are told apart by readers who see no red or no green too, on a light page and on a dark one.

How such a reader sees a colour: Machado, Oliveira and Fernandes (2009), "A Physiologically-based Model for Simulation of Color
Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), severity 1.0. The matrices are those of
https://www.inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation/CVD_Simulation.html, for linear RGB. How far two colours lie apart:
the distance in CIELAB (1976), with the white D65.
"""

import re
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest

from dlbook.book.layout import Book
from dlbook.book.listings.figures import COLOURS, STYLE

BOOK = Book(Path(__file__).parents[1])
CYCLE = [f"c{i}" for i in range(6)]
LIGHT, DARK = 1, 2
APART, LEGIBLE = 12, 4.5
SEEN = {
    "all colours": np.eye(3),
    "no red (protan)": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "no green (deutan)": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(colour: str) -> np.ndarray:
    """Red, green and blue as light, from six digits."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    """Lightness, green to red, blue to yellow."""
    x = TO_XYZ @ light.clip(0, 1) / TO_XYZ.sum(1)
    x, y, z = np.where(x > (6 / 29) ** 3, np.cbrt(x), x * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(one: str, other: str, eye: str) -> float:
    """How far two colours lie apart for an eye."""
    return float(np.linalg.norm(np.subtract(*(lab(SEEN[eye] @ linear(colour)) for colour in (one, other)))))


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def test_the_distance_is_that_of_textbooks():
    assert lab(linear("ffffff")) == pytest.approx([100, 0, 0], abs=0.01)
    assert lab(linear("ff0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.01)
    assert apart("000000", "ffffff", "all colours") == pytest.approx(100, abs=0.01)


def test_the_eyes_are_those_of_the_model():
    """Greys stay as they are; red and green of the same lightness fall together for who lacks either."""
    for eye in SEEN:
        assert apart("808080", "000000", eye) == pytest.approx(apart("808080", "000000", "all colours"), abs=0.1)
    assert apart("946200", "c24e00", "no red (protan)") == pytest.approx(1.7, abs=0.1)  # two that the book had once
    assert apart("946200", "c24e00", "all colours") > 25


@pytest.mark.parametrize(("page", "eye"), list(product((LIGHT, DARK), SEEN)))
def test_any_two_colours_of_the_cycle_are_told_apart(page, eye):
    shades = {name: COLOURS[name][page] for name in CYCLE}
    close = {pair: d for pair in combinations(CYCLE, 2) if (d := apart(*(shades[name] for name in pair), eye)) < APART}
    assert close == {}


@pytest.mark.parametrize("page", [LIGHT, DARK])
def test_each_colour_can_be_read_as_a_word_on_its_page(page):
    assert min(contrast(COLOURS[name][page], COLOURS["paper"][page]) for name in CYCLE) >= LEGIBLE


def test_the_cycle_is_that_of_the_style():
    (cycle,) = re.findall(r'cycler\("color", \[(.*)\]\)', STYLE.read_text("utf8"))
    assert re.findall(r"\w{6}", cycle) == [COLOURS[name][0] for name in CYCLE]


@pytest.mark.parametrize(("page", "start"), [(LIGHT, ":root {"), (DARK, '[data-md-color-scheme="slate"] {')])
def test_live_figures_have_the_same_colours(page, start):
    style = (BOOK.theme / "widgets/widgets.css").read_text("utf8").partition(start)[2].partition("}")[0]
    names = [*CYCLE, "ink", "line", "grid"]
    assert dict(re.findall(r"--dl-(c\d|ink|line|grid): #(\w{6});", style)) == {
        name: COLOURS[name][page] for name in names
    }
