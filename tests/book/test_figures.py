"""Figures: lean, coloured by name, compared by what a reader sees."""

import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from dlbook.book.listings import figures

mpl.use("svg")


def draw(*, shift=0.0, label="loss", colour="C0", pixel=0.5, steps=5):
    with mpl.rc_context():
        plt.style.use(figures.STYLE)
        figure, (left, right) = plt.subplots(1, 2)
        left.plot(np.linspace(0, 1, steps), np.linspace(0, 1, steps) ** 2 + shift, color=colour, label=label)
        left.set(xlim=(0, 1), ylim=(0, 2))
        left.legend()
        right.imshow(np.array([[0.0, pixel], [pixel, 1.0]]), vmin=0, vmax=1)
        svg = figures.render(figure)
        plt.close(figure)
    return svg


def test_the_same_drawing_gives_the_same_bytes():
    assert draw() == draw()


def test_colours_are_names_with_a_value_for_dark_pages():
    svg = draw()
    body = svg.partition("</style>")[2]
    assert "stroke: var(--c0)" in body
    assert "#0b62c4" not in body
    assert "prefers-color-scheme: dark" in svg
    assert "<metadata" not in svg
    assert "DejaVu Sans'" not in svg


@pytest.mark.parametrize("other", ["M 1 2 L 3 2 L 3 4 L 1 2", "M 1 2 L 3 2 L 3 4.1 L 1 2 z"])
def test_closing_a_line_that_has_come_back_is_no_difference(other):
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><path d="{} M 5 5 L 6 6"/></svg>'
    closed = "M 1 2 L 3 2 L 3 4 L 1 2 z"
    assert figures.difference(svg.format(closed), svg.format(other)) is None
    assert figures.difference(svg.format(other), svg.format(closed)) is None
    gone = "M 1 2 L 3 2 L 3 4 z"  # here the z draws a line
    assert figures.difference(svg.format(gone), svg.format(gone[:-2])) is not None


def test_a_move_below_what_an_eye_sees_is_no_difference():
    assert figures.difference(draw(), draw(shift=1e-4)) is None


@pytest.mark.parametrize(
    "change", [{"shift": 0.05}, {"label": "cost"}, {"colour": "C1"}, {"pixel": 0.6}, {"steps": 6}], ids=str
)
def test_a_visible_change_is_a_difference(change):
    assert figures.difference(draw(), draw(**change)) is not None


def test_a_measured_figure_is_compared_by_its_words():
    assert figures.difference(draw(), draw(shift=0.5), numbers=False) is None
    assert figures.difference(draw(), draw().replace(">0.00<", ">10 −2<"), numbers=False) is None
    assert "cost" in figures.difference(draw(), draw(label="cost"), numbers=False)


def test_words():
    assert "loss" in figures.words(draw())


def test_a_negative_number_has_a_minus_and_a_word_its_hyphen():
    texts = ["×-1", "-0.5", "(-3, -4)", "1e-5", "2-3", "x-1", "max-pooling", "−2", "-a", "-.5"]
    svg = '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(f"<text>{text}</text>" for text in texts) + "</svg>"
    assert figures.words(figures.lean(svg)) == [
        "×−1",
        "−0.5",
        "(−3, −4)",
        "1e-5",
        "2-3",
        "x-1",
        "max-pooling",
        "−2",
        "-a",
        "−.5",
    ]


def plotted(*, colours=("C0", "C1"), axis="on", style="-", width=None):
    with mpl.rc_context():
        plt.style.use(figures.STYLE)
        figure, ax = plt.subplots()
        for i, colour in enumerate(colours):
            ax.plot([0, 1], [i, 1], color=colour, ls=style, lw=width)
        ax.axis(axis)
        svg = figures.render(figure)
        plt.close(figure)
    return svg


def test_the_lines_of_a_chart_differ_by_their_dashes_too():
    svg = plotted(colours=("C0", "C2", "C1"))
    found = re.findall(
        r"var\(--(c\d)\); stroke-width: 1.8; stroke-linecap: square\"\]\{stroke-dasharray:([^}]*)\}", svg
    )
    assert found == [("c1", figures.DASHES["c1"]), ("c2", figures.DASHES["c2"])]
    assert len(set(figures.DASHES.values())) == len(figures.DASHES) == 5  # the first is a full line
    for name in ("c1", "c2"):  # the rule's words are those of the line
        assert f'style="fill: none; stroke: var(--{name}); stroke-width: 1.8; stroke-linecap: square"' in svg


@pytest.mark.parametrize("other", [{"colours": ("C1", "C1")}, {"axis": "off"}, {"style": "--"}, {"width": 1}], ids=str)
def test_one_colour_a_diagram_own_dashes_and_other_widths_stay_as_they_are(other):
    assert "]{stroke-dasharray" not in plotted(**other)


def test_colours_and_dashes_are_no_part_of_what_a_listing_draws(monkeypatch):
    before = plotted()
    monkeypatch.setitem(figures.COLOURS, "c1", ("c24e00", "ff0000", "00ff00"))
    monkeypatch.setitem(figures.DASHES, "c1", "9 9")
    now = plotted()
    assert before != now
    assert figures.difference(before, now) is None
    assert figures.painted(before) == now == figures.painted(now)
