"""The tree of modules: listed, drawn, and what is missing from it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from torch import Tensor, nn


class Node(NamedTuple):
    """A module and its place.

    depth counts from the model itself, 0; `name` is its last word, `path`
    all of them; `shapes` are those of the parameters that it holds itself.
    """

    depth: int
    name: str
    path: str
    kind: str
    shapes: dict[str, tuple[int, ...]]


# --8<-- [start:tree]
def tree(model: nn.Module) -> list[Node]:
    """All modules of a model, parents before children.

    >>> chain = nn.Sequential(nn.ReLU(), nn.Linear(1, 1))
    >>> [node.path for node in tree(chain)]
    ['', '0', '1']
    """
    nodes = []
    for path, module in model.named_modules(remove_duplicate=False):
        own = module.named_parameters(recurse=False)
        shapes = {name: tuple(value.shape) for name, value in own}
        depth = len(path.split(".")) if path else 0
        name, kind = path.rpartition(".")[2], type(module).__name__
        nodes.append(Node(depth, name, path, kind, shapes))
    return nodes
# --8<-- [end:tree]


WIDE = {"branch": 0.55, "name": 0.12, "shapes": 3.2}


def draw_tree(ax: Any, model: nn.Module, name: str = "model") -> None:
    """Draw the tree, one module a row; those with weights of their own blue.

    Args:
        ax: the matplotlib axes to draw on.
        model: whose tree.
        name: of the model, to write at the root.
    """
    nodes = tree(model)
    last: dict[int, int] = {}  # the row of the last parent at each depth
    for row, node in enumerate(nodes):
        last[node.depth] = row
        x = node.depth * WIDE["branch"]
        if node.depth:
            left = x - WIDE["branch"]
            top = last[node.depth - 1]
            look = {"color": "0.5", "lw": 1, "zorder": 1}
            ax.plot([left, left, x], [-top, -row, -row], **look)
        own = "C0" if node.shapes else "0.5"
        ax.plot(x, -row, "o", color=own, ms=6, zorder=2)
        label = f"{node.name or name}: {node.kind}"
        place = {"va": "center", "size": 9}
        ax.text(x + WIDE["name"], -row, label, color=own, **place)
        ax.text(WIDE["shapes"], -row, _shapes(node), color=own, **place)
    ax.set(xlim=(-0.15, 5.9), ylim=(0.7 - len(nodes), 0.7))
    ax.set_axis_off()


def _shapes(node: Node) -> str:
    return ", ".join(
        f"{name} {'×'.join(map(str, shape))}"
        for name, shape in node.shapes.items()
    )


# --8<-- [start:hidden]
def hidden(model: nn.Module) -> list[str]:
    """Where weights and layers lie that the model does not know.

    Looks into lists, tuples, sets and dicts that are attributes of its
    modules, for modules, parameters and other leaves with `requires_grad`.
    What is also registered elsewhere is known.

    >>> model = nn.Module()
    >>> model.layers = [nn.Linear(2, 2), nn.ReLU()]
    >>> hidden(model)
    ['layers[0]', 'layers[1]']
    """
    known = {id(found) for found in (*model.modules(), *model.parameters())}
    names: list[str] = []
    for path, module in model.named_modules():
        for name, value in vars(module).items():
            if name not in vars(nn.Module()):  # torch's own
                where = f"{path}.{name}" if path else name
                names += _unknown(value, where, known)
    return names


def _unknown(value: Any, where: str, known: set[int]) -> Iterator[str]:
    if id(value) in known:
        return
    if isinstance(value, nn.Module) or _trainable(value):
        known.add(id(value))
        yield where
    elif isinstance(value, (list, tuple, set, frozenset, dict)):
        known.add(id(value))  # a list may hold itself
        for key, one in _items(value):
            yield from _unknown(one, f"{where}[{key!r}]", known)
# --8<-- [end:hidden]


def _items(value) -> Iterator[tuple[Any, Any]]:
    yield from value.items() if isinstance(value, dict) else enumerate(value)


def _trainable(value: Any) -> bool:
    """A leaf that `backward` gives a gradient."""
    return isinstance(value, Tensor) and value.is_leaf and value.requires_grad
