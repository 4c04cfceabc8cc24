"""Pictures of AlexNet, drawn from the model: its towers, and what they cost.

`draw_net` asks the layers for their sizes and their groups. `tiles` divides a
rectangle into others whose areas are to scale (a treemap).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import torch
from torch import nn

from dlbook._checking import Number, checked_number
from dlbook.cnn import layer_table

MIDDLE = {"ha": "center", "va": "center", "size": 8}


class Tile(NamedTuple):
    """A rectangle: its left lower corner, how wide and how high it is."""

    x: float
    y: float
    wide: float
    high: float


# --8<-- [start:tiles]
def tiles(
    sizes: Sequence[Number], wide: Number = 1.0, high: Number = 1.0,
    x: Number = 0.0, y: Number = 0.0,
) -> list[Tile]:
    """Divide a rectangle into one for each size, with areas to scale.

    The row of sizes is cut where its parts are most equal, the longer side
    of the rectangle with it, and so on with both parts.

    >>> tiles([1, 3])[0]
    Tile(x=0.0, y=0.0, wide=0.25, high=1.0)

    Raises:
        ValueError: for no sizes, and for those that are not above 0.
    """
    if not sizes:
        raise ValueError("there must be at least one size, got none")
    for size in sizes:
        checked_number("a size", size, above=0)
    if len(sizes) == 1:
        return [Tile(float(x), float(y), float(wide), float(high))]
    cut = min(range(1, len(sizes)), key=lambda i: _larger(sizes, i))
    first, rest = sizes[:cut], sizes[cut:]
    part = sum(first) / sum(sizes)
    if wide >= high:
        at = part * wide
        ends = (at, high, x, y), (wide - at, high, x + at, y)
    else:
        at = part * high
        ends = (wide, at, x, y), (wide, high - at, x, y + at)
    return tiles(first, *ends[0]) + tiles(rest, *ends[1])


def _larger(sizes: Sequence[Number], cut: int) -> Number:
    return max(sum(sizes[:cut]), sum(sizes[cut:]))
# --8<-- [end:tiles]


def draw_tiles(
    ax: Any, sizes: Mapping[str, Number], *, dense: Iterable[str] = ()
) -> None:
    """Draw a tile for each size, largest first, its name in it if it fits.

    Args:
        ax: the matplotlib axes to draw on.
        sizes: by name.
        dense: which names get the second colour.
    """
    names = sorted(sizes, key=lambda name: -sizes[name])
    total = sum(sizes.values())
    places = tiles([sizes[name] for name in names])
    for name, tile in zip(names, places, strict=True):
        colour = "C1" if name in dense else "C0"
        look = {"facecolor": colour, "edgecolor": ax.get_facecolor()}
        ax.bar(tile.x, tile.high, tile.wide, tile.y, align="edge", lw=1.5,
               alpha=0.75, **look)
        if min(tile.wide, tile.high) > 0.11:
            text = f"{name}\n{sizes[name] / total:.0%}"
            middle = tile.x + tile.wide / 2, tile.y + tile.high / 2
            ax.text(*middle, text, **MIDDLE)
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.set_axis_off()


class Block(NamedTuple):
    """One layer with weights, as it is drawn."""

    name: str
    numbers: int  # maps, or units
    side: int  # rows of a map; 1 for units
    apart: bool  # whether each tower reads its own half only


# --8<-- [start:blocks]
def blocks(model: nn.Module, x: torch.Tensor) -> list[Block]:
    """The image and each layer with weights, from a run of the model."""
    found = [Block("image", x.shape[1], x.shape[2], False)]
    for row in layer_table(model, x):
        if row.parameters:
            layer = model.get_submodule(row.name)
            name, side = row.name.rpartition(".")[2], (*row.gives, 1)[1]
            apart = getattr(layer, "groups", 1) > 1
            found.append(Block(name, row.gives[0], side, apart))
    return found
# --8<-- [end:blocks]


# --8<-- [start:draw_net]
def draw_net(ax: Any, model: nn.Module, x: torch.Tensor) -> None:
    """Draw a box for what each layer with weights gives, tower by tower.

    Maps are as high as the square root of their side and as wide as that of
    their number, to scale; units are a column, as high as the root of their
    number. Lines lead to a box from those that it reads.

    Args:
        ax: the matplotlib axes to draw on.
        model: its layers form a chain; those with groups are split. The
            image and the scores belong to no tower.
        x: a batch of at least one image.
    """
    row, left = blocks(model, x), 0.0
    split = any(block.apart for block in row)
    before: list[tuple[float, float]] = []
    for number, block in enumerate(row):
        alone = not split or number in (0, len(row) - 1)
        heights = [0.0] if alone else [1.2, -1.2]
        wide, high = _size(block.numbers // len(heights), block.side)
        for place, y in enumerate(heights):
            _lines(ax, before, place, (left, y), block.apart)
            _box(ax, block, len(heights), (left, y), (wide, high))
        ax.text(left + wide / 2, -2.75, block.name, **MIDDLE)
        before = [(left + wide, y) for y in heights]
        left += wide + 0.7
    ax.set(xlim=(-0.3, left - 0.4), ylim=(-2.95, 2.4))
    ax.set_axis_off()
# --8<-- [end:draw_net]


def _size(numbers: int, side: int) -> tuple[float, float]:
    """How wide and how high the box of a tower is."""
    if side == 1:
        return 0.12, numbers**0.5 / 30
    return numbers**0.5 / 20, side**0.5 / 9


def _lines(ax, before, place, end, apart) -> None:
    sources = [before[place]] if apart and len(before) > 1 else before
    for source in sources:
        xs, ys = zip(source, end, strict=True)
        ax.plot(xs, ys, color="0.5", lw=0.8, zorder=1)


def _box(ax, block: Block, towers: int, corner, size) -> None:
    (x, y), (wide, high) = corner, size
    maps = block.side > 1
    colour = "C1" if not maps else "C2" if block.name == "image" else "C0"
    ax.bar(x, high, wide, y - high / 2, align="edge", alpha=0.75,
           facecolor=colour, edgecolor="0.5", lw=0.6, zorder=2)
    middle, edge = x + wide / 2, high / 2 + 0.17
    ax.text(middle, y + edge, block.numbers // towers, **MIDDLE)
    if maps:
        ax.text(middle, y - edge, f"{block.side}²", **MIDDLE)
