"""Scenes of handwritten digits: what is in them, and the pictures of it.

A scene is drawn first, as a list of items. Then it is painted: each item gets
a picture of its digit, written by hand, stretched to a size and pushed to a
corner of its quarter that are drawn too. The handwriting comes from
scikit-learn's digits; no picture of it is in two of the three parts.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn import functional

from dlbook._checking import checked_whole
from dlbook.captioning.grammar import (
    DIGITS,
    LEAST,
    MOST,
    PLACES,
    SIZES,
    Item,
    Scene,
    checked_scene,
)
from dlbook.data import digits
from dlbook.experiment import split

TILE = 16  # rows and columns of a quarter
SIDES = ((8.0, 10.0), (13.0, 16.0))  # from, to: of small and large digits
PARTS = ("train", "validation", "test")
HELD_BACK = 200  # handwritten pictures, for validation, and for the test


# --8<-- [start:handwriting]
class Handwriting(NamedTuple):
    """Pictures of digits, sorted by what they show.

    Attributes:
        pictures: ink from 0 to 1.
        first: where the pictures of each digit begin.
        many: how many there are of each digit.
    """

    pictures: Float[Tensor, "n 1 8 8"]
    first: Int[Tensor, " 10"]
    many: Int[Tensor, " 10"]


@cache
def handwriting(part: str = "train") -> Handwriting:
    """The pictures that scenes of this part are made of.

    All 1,797 are divided at random, once and for all: 200 for validation, 200
    for the test, the rest to learn from. The same writers are in all parts:
    who wrote what is not recorded.

    Args:
        part: "train", "validation" or "test".

    Raises:
        ValueError: for another part.
    """
    if part not in PARTS:
        raise ValueError(f"part must be one of {PARTS}, got {part!r}")
    x, y = digits()
    parts = split(x, y, 0, validation=HELD_BACK, test=HELD_BACK)
    x, y = getattr(parts, part)
    many = y.bincount(minlength=DIGITS)
    return Handwriting(x[y.argsort(stable=True)], many.cumsum(0) - many, many)
# --8<-- [end:handwriting]


# --8<-- [start:draw]
def draw_scenes(
    many: int, generator: torch.Generator,
    *, least: int = LEAST, most: int = MOST,
) -> list[Scene]:
    """Scenes at random: how many items, where, how large, which digits.

    >>> draw_scenes(1, torch.Generator().manual_seed(4), most=2)
    [[Item(place=1, size=1, digit=8), Item(place=3, size=0, digit=5)]]

    Args:
        many: how many scenes.
        generator: where they come from.
        least: the least number of items, at least 1.
        most: the greatest number of items, at most 4.
    """
    checked_whole("many", many, 0)
    checked_whole("least", least, 1, PLACES)
    checked_whole("most", most, least, PLACES)
    items = torch.randint(least, most + 1, (many, 1), generator=generator)
    chance = torch.rand(many, PLACES, generator=generator)
    there = chance.argsort(1).argsort(1) < items  # a random set of places
    size, digit = (
        torch.randint(0, end, (many, PLACES), generator=generator)
        for end in (SIZES, DIGITS)
    )
    rows = zip(there.tolist(), size.tolist(), digit.tolist(), strict=True)
    return [
        [Item(place, s[place], d[place])
         for place in range(PLACES) if t[place]]
        for t, s, d in rows
    ]
# --8<-- [end:draw]


# --8<-- [start:paint]
def paint(
    scenes: Sequence[Scene], hands: Handwriting, generator: torch.Generator
) -> Float[Tensor, "n 1 32 32"]:
    """A picture of each scene, from 0 (paper) to 1 (ink).

    Args:
        scenes: what is to be seen.
        hands: the handwriting.
        generator: picks a picture for each digit, its height, its width and
            where in its quarter it stands.

    Raises:
        ValueError: for no scenes, and for one that has no caption.
    """
    if not scenes:
        raise ValueError("scenes must be at least one, got none")
    items = [item for scene in scenes for item in checked_scene(scene)]
    place, size, digit = torch.tensor(items).view(-1, 3).T
    chance = torch.rand(len(items), 5, generator=generator)
    which = (chance[:, 0] * hands.many[digit]).long() + hands.first[digit]
    low, high = torch.tensor(SIDES)[size].T
    side = low[:, None] + chance[:, 1:3] * (high - low)[:, None]
    corner = chance[:, 3:] * (TILE - side)
    tiles = _stretched(hands.pictures[which], side, corner)
    counts = torch.tensor([len(scene) for scene in scenes])
    scene = torch.arange(len(scenes)).repeat_interleave(counts)
    quarters = tiles.new_zeros(len(scenes), PLACES, TILE, TILE)
    quarters[scene, place] = tiles
    squares = quarters.view(-1, 2, 2, TILE, TILE).transpose(2, 3)
    return squares.reshape(-1, 1, 2 * TILE, 2 * TILE)
# --8<-- [end:paint]


def _stretched(pictures, side, corner) -> Float[Tensor, "n 16 16"]:
    """Each picture with this width and height, its corner there, in a tile."""
    factor = TILE / side
    shift = (1 - 2 * (corner + side / 2) / TILE) * factor
    theta = torch.cat([torch.diag_embed(factor), shift[:, :, None]], 2)
    shape = [len(pictures), 1, TILE, TILE]
    grid = functional.affine_grid(theta, shape, align_corners=False)
    return functional.grid_sample(pictures, grid, align_corners=False)[:, 0]


# --8<-- [start:drawing]
INK = {".": 0.0, "+": 0.5, "#": 1.0}


def drawing(text: str) -> Float[Tensor, "1 1 32 32"]:
    """A picture from 16 lines of 16 characters: . paper, + grey, # ink.

    Each character becomes two by two pixels, smoothed towards the next.

    Raises:
        ValueError: for other characters, and other than 16 lines of 16.
    """
    lines = text.split()
    sizes = {len(line) for line in lines}
    strange = sorted(set("".join(lines)) - set(INK))
    if len(lines) != TILE or sizes != {TILE} or strange:
        raise ValueError(
            f"text must be {TILE} lines of {TILE} characters out of"
            f" {' '.join(INK)}, got {len(lines)} lines of {sorted(sizes)}"
            f" and the characters {strange}"
        )
    ink = torch.tensor([[INK[sign] for sign in line] for line in lines])
    return functional.interpolate(
        ink[None, None], scale_factor=2, mode="bilinear", align_corners=False
    )
# --8<-- [end:drawing]
