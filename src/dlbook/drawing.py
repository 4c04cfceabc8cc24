"""Pictures of networks, drawn from the networks themselves.

A circle is a unit (grey) or an input (green). A line is a weight: blue if
positive, orange if negative, the thicker the larger.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from torch import Tensor, nn

MIDDLE = {"ha": "center", "va": "center"}
ARROW = {"arrowstyle": "-|>", "color": "0.5", "shrinkA": 9, "shrinkB": 9}


# --8<-- [start:network]
def network(
    ax: Any, model: nn.Module, *, values: Sequence[Tensor] = (),
    names: Sequence[str] = (), numbers: bool = False, most: int = 8,
) -> None:
    """Draw a fully connected network: its units, and each weight as a line.

    Args:
        ax: the matplotlib axes to draw on.
        model: its matrices are taken as the weights of its layers, in order.
        values: for the inputs and each layer, what to write in the circles.
        names: for the inputs and each layer, what to write below.
        numbers: whether to write each weight and each bias at its place.
        most: how many units of a layer to draw; of more, those at the ends.
    """
    weights = [p.detach() for p in model.parameters() if p.ndim == 2]
    biases = [p.detach() for p in model.parameters() if p.ndim == 1]
    sizes = [weights[0].shape[1], *map(len, weights)]
    columns = [_column(size, most) for size in sizes]
    for layer, weight in enumerate(weights):
        ends = columns[layer], columns[layer + 1]
        _lines(ax, layer, weight, ends, numbers)
    for layer, column in enumerate(columns):
        _circles(ax, layer, column, values[layer] if values else None)
        if numbers and layer:
            _biases(ax, layer, column, biases[layer - 1])
        if len(column) < sizes[layer]:
            ax.text(layer, 0, "⋮", size=14, **MIDDLE)
    top = max(max(column.values()) for column in columns)
    for layer, size in enumerate(sizes):
        name = f"{names[layer]}\n{size}" if names else f"{size}"
        ax.text(layer, -top - 0.65, name, ha="center", va="top")
    ax.set(xlim=(-0.25, len(weights) + 0.25), ylim=(-top - 1.5, top + 0.5))
    ax.set_axis_off()
# --8<-- [end:network]


# --8<-- [start:unit]
def unit(
    ax: Any, x: Tensor, weight: Tensor, bias: Tensor,
    activation: Callable[[Tensor], Tensor], *, names: Sequence[str] = (),
) -> None:
    """Draw what one unit does with the inputs x, number by number."""
    x, weight, bias = x.detach(), weight.detach(), bias.detach()
    z = x @ weight + bias
    column = _column(len(x), len(x))
    _lines(ax, 0, weight[None], (column, {0: 0.0}), True)
    ax.plot([1, 1.7, 2.4], [0, 0, 0], color="0.5", zorder=1)
    _circles(ax, 0, column, x)
    _circles(ax, 1, {0: 0.0}, z[None])
    _circles(ax, 2.4, {0: 0.0}, activation(z)[None])
    box = {"fc": ax.get_facecolor(), "ec": "0.5", "boxstyle": "round"}
    name = getattr(activation, "__name__", type(activation).__name__)
    ax.text(1.7, 0, name, bbox=box, **MIDDLE)
    ax.text(1, -0.75, f"b = {_short(float(bias))}", size=8, **MIDDLE)
    ax.text(1, 0.75, "Σ w x + b", **MIDDLE)
    ax.text(2.4, 0.75, "a", **MIDDLE)
    for name, y in zip(names, column.values(), strict=False):
        ax.text(-0.17, y, name, ha="right", va="center")
    left = -1 if names else -0.2
    ax.set(xlim=(left, 2.6), ylim=(column[len(x) - 1] - 0.6, column[0] + 0.6))
    ax.set_axis_off()
# --8<-- [end:unit]


# --8<-- [start:volumes]
def volumes(
    ax: Any, values: Sequence[Tensor], names: Sequence[str] = ()
) -> None:
    """Draw what each layer of a convolutional network gives for one image.

    Feature maps stand one behind the other, to scale, dark where they are
    low; numbers in a row stand as a column. The sizes are written below.

    Args:
        ax: the matplotlib axes to draw on.
        values: the image and what each layer gives, without the batch: maps
            (c, h, w) or numbers (d,).
        names: what to write below each.
    """
    x, floor = 0.0, -max(max(_extent(value)) for value in values) / 2
    for place, value in enumerate(values):
        wide, high = _extent(value)
        middle = x + max(wide, 6) / 2  # room for the text
        _stack(ax, value.detach().cpu(), middle - wide / 2, -high / 2)
        size = "×".join(map(str, value.shape))
        text = f"{names[place]}\n{size}" if names else size
        ax.text(middle, floor - 1, text, size=8, ha="center", va="top")
        x = 2 * middle - x + 1.7
    ax.set(xlim=(-0.5, x - 1.2), ylim=(floor - 6, -floor + 0.5))
    ax.set_aspect("equal")
    ax.set_axis_off()
# --8<-- [end:volumes]


BEHIND = 0.4  # how far each map of a stack is moved, in pixels


def _extent(value: Tensor) -> tuple[float, float]:
    """How wide and how high the drawing of a stack or a column is."""
    if value.ndim == 1:
        return 1.0, min(0.8 * len(value), 14.0)
    maps, rows, columns = value.shape
    return columns + BEHIND * (maps - 1), rows + BEHIND * (maps - 1)


def _stack(ax, value, left, bottom) -> None:
    maps = value[None, :, None] if value.ndim == 1 else value
    wide, high = _extent(value)
    behind = BEHIND * (len(maps) - 1)
    look = {"cmap": "gray", "vmin": value.min(), "vmax": value.max()}
    for number in reversed(range(len(maps))):  # the first one is in front
        x, y = left + BEHIND * number, bottom + BEHIND * number
        ends = (x, x + wide - behind, y, y + high - behind)
        ax.imshow(maps[number].numpy(), extent=ends, zorder=2, **look)
        xs = [ends[0], ends[1], ends[1], ends[0], ends[0]]
        ys = [ends[2], ends[2], ends[3], ends[3], ends[2]]
        ax.plot(xs, ys, color="0.5", lw=0.6, zorder=2)


# --8<-- [start:graph]
def graph(ax: Any, operations: Sequence[Any]) -> None:
    """Draw what `dlbook.forward.graph` found, from the top down.

    Green boxes are the tensors where it starts; at the left of an operation
    stand the shapes of what it keeps for the way back.
    """
    places = _places(operations)
    for (x, y), operation in zip(places, operations, strict=True):
        for source in operation.reads:
            ax.annotate("", (x, y), places[source], arrowprops=ARROW)
        edge = "0.5" if operation.reads else "C2"
        box = {"fc": ax.get_facecolor(), "ec": edge, "boxstyle": "round"}
        ax.text(x, y, operation.label, bbox=box, **MIDDLE)
        shapes = ["×".join(map(str, shape)) for shape in operation.keeps]
        if shapes:
            kept = "keeps " + ", ".join(shapes)
            ax.text(x - 0.6, y, kept, color="C1", ha="right", va="center")
    xs, ys = zip(*places, strict=True)
    ax.set(xlim=(-1.9, max(xs) + 0.6), ylim=(-0.5, max(ys) + 0.5))
    ax.set_axis_off()
# --8<-- [end:graph]


def _places(operations) -> list[tuple[float, float]]:
    """First inputs one above the other, the others beside."""
    trunk, beside = [0], Counter[int]()
    while operations[trunk[-1]].reads:
        trunk.append(operations[trunk[-1]].reads[0])
    places = []
    for number, operation in enumerate(operations):
        beside[operation.level] += number not in trunk
        side = 0 if number in trunk else beside[operation.level]
        places.append((float(side), float(operation.level)))
    return places


def _column(size: int, most: int) -> dict[int, float]:
    """The units that are drawn, and how high each stands."""
    if size <= most:
        return {unit: (size - 1) / 2 - unit for unit in range(size)}
    half = most // 2
    first = {unit: float(half - unit) for unit in range(half)}
    last = {size - 1 - unit: -height for unit, height in first.items()}
    return first | last


def _lines(ax, layer, weight, ends, numbers) -> None:
    left, right = ends
    largest = float(weight.abs().max()) or 1.0
    for unit, y in right.items():
        for place, (source, x) in enumerate(left.items()):
            w = float(weight[unit, source])
            look = {"color": "C0" if w >= 0 else "C1", "zorder": 1}
            width = 0.3 + 2.7 * abs(w) / largest
            ax.plot([layer, layer + 1], [x, y], lw=width, **look)
            if numbers:
                part = 0.36 if place % 2 else 0.64  # so that none meet
                where = layer + part, x + part * (y - x)
                box = {"fc": ax.get_facecolor(), "ec": "none", "pad": 1}
                ax.text(*where, _short(w), size=8, bbox=box, **look, **MIDDLE)


def _circles(ax, layer, column, values) -> None:
    look = {"color": ax.get_facecolor(), "zorder": 2}
    edge = "C2" if layer == 0 else "0.5"  # an input is no unit
    size = 240 if values is None else 760  # in square points
    place = [layer] * len(column), list(column.values())
    ax.scatter(*place, s=size, edgecolor=edge, **look)
    if values is not None:
        numbers = values.detach().tolist()
        for unit, y in column.items():
            ax.text(layer, y, _short(numbers[unit]), size=8, **MIDDLE)


def _biases(ax, layer, column, bias) -> None:
    for unit, y in column.items():
        text = f"b = {_short(float(bias[unit]))}"
        ax.text(layer, y - 0.32, text, size=8, ha="center", va="top")


def _short(number: float) -> str:
    """At most two decimals, and a true minus."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace("-", "−")
