"""From a pen on paper to the 28 by 28 numbers that a net trained on MNIST reads.

    strokes -> ink on paper -> its box, scaled to 20 -> 28 x 28, centred

The black and white scans were scaled to fit a box of 20 by 20 pixels without
a change of their proportions, which made them grey at the edges, and the box
was laid into a field of 28 by 28 by its centre of mass. LeCun, Bottou, Bengio
and Haffner (1998), section III.A; the page of MNIST says the same.
"""

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from dlbook._checking import Number, checked_floating, checked_number

PAPER = 112  # pixels along a side of the paper
BOX, FIELD = 20, 28  # of MNIST
PEN = 5.0  # half the width of a stroke, in pixels of the paper
MIDDLE = FIELD // 2  # the pixel with the centre of mass

Stroke = Sequence[Sequence[Number]]  # points (x, y), in pixels of the paper


class Example(NamedTuple):
    """A digit that was drawn for this book."""

    digit: int
    strokes: list[list[list[Number]]]


def examples() -> list[Example]:
    """Drawn digits: each of the ten twice, of several sizes and places."""
    text = (files("dlbook.lenet") / "mnist_reader/examples.json").read_text("utf8")
    return [Example(**one) for one in json.loads(text)]


# --8<-- [start:inked]
def inked(
    strokes: Sequence[Stroke], pen: Number = PEN,
    *, dtype: torch.dtype = torch.float32,
) -> Float[Tensor, "112 112"]:
    """Paper with strokes on it: 0 where it is blank, 1 where there is ink.

    Args:
        strokes: lines through points; a stroke of one point is a dot.
        pen: half the width of a line. At its edge the ink fades out over one
            pixel.
        dtype: of the result.

    Raises:
        ValueError: for a pen without width.
    """
    checked_number("pen", pen, above=0)
    ink = torch.zeros(PAPER, PAPER, dtype=torch.float64)
    for stroke in strokes:
        points = torch.tensor(stroke, dtype=torch.float64).reshape(-1, 2)
        for start, end in zip(points, [*points[1:], points[-1]], strict=True):
            far = _distance(start, end)
            ink = ink.maximum((pen + 0.5 - far).clamp(0, 1))
    return ink.to(dtype)
# --8<-- [end:inked]


def _distance(
    start: Float[Tensor, "2"], end: Float[Tensor, "2"]
) -> Float[Tensor, "112 112"]:
    """How far the middle of each pixel is from a piece of a line."""
    x = (torch.arange(PAPER).double() + 0.5).expand(PAPER, -1)
    dx, dy = x - start[0], x.T - start[1]
    along_x, along_y = end - start
    length = along_x * along_x + along_y * along_y
    if length > 0:
        part = ((dx * along_x + dy * along_y) / length).clamp(0, 1)
        dx, dy = dx - part * along_x, dy - part * along_y
    return (dx * dx + dy * dy).sqrt()


# --8<-- [start:as_mnist]
def as_mnist(ink: Float[Tensor, "h w"]) -> Float[Tensor, "28 28"]:
    """What is drawn, scaled and centred as the digits of MNIST were.

    The box around the ink is scaled until its longer side is 20 pixels, each
    the mean of what it covers. It is then moved by whole pixels until its
    centre of mass lies in pixel (14, 14), as in every picture of MNIST, but
    never out of the field. A picture of MNIST comes out as it is.

    Args:
        ink: 0 where the paper is blank, of any size.

    Raises:
        ValueError: for anything else than a float picture without channels.
    """
    checked_floating("ink", ink, "rows, columns")
    field = ink.new_zeros(FIELD, FIELD)
    rows, columns = (ink.any(axis).nonzero().flatten() for axis in (1, 0))
    if not len(rows):
        return field
    box = ink[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    high, wide = (_scaled(side, max(box.shape)) for side in box.shape)
    small = _means(box.shape[0], high).to(ink) @ box
    small = small @ _means(box.shape[1], wide).to(ink).T
    top, left = _place(small.sum(1)), _place(small.sum(0))
    field[top:top + high, left:left + wide] = small
    return field
# --8<-- [end:as_mnist]


def _scaled(side: int, longest: int) -> int:
    """A side of the box in pixels, if the longest becomes 20; at least 1."""
    return max(1, (2 * BOX * side + longest) // (2 * longest))


def _means(old: int, new: int) -> Float[Tensor, "new old"]:
    """A matrix that makes of `old` pixels `new` ones, each a mean."""
    ends = torch.arange(new + 1).double() * old / new
    pixels = torch.arange(old).double()
    last = torch.minimum(ends[1:, None], pixels + 1)
    first = torch.maximum(ends[:-1, None], pixels)
    return (last - first).clamp(0) * new / old


def _place(masses: Float[Tensor, "n"]) -> int:
    """Where the box begins, along one axis."""
    at = torch.arange(len(masses)).to(masses) + 0.5
    centre = float((masses * at).sum() / masses.sum())
    begins = MIDDLE - int(centre + 1e-6)  # what is symmetric stays so
    return min(max(begins, 0), FIELD - len(masses))
