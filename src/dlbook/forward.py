"""Forward propagation: what a model computes on the way, and what it keeps.

`trace` runs a model and writes down every step. While a model runs, PyTorch
records more: the graph of the operations, which `graph` reads, and the
numbers that the way back will need, which `saved` collects.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.autograd.graph import saved_tensors_hooks

from dlbook._checking import checked_sizes, refuse_unless_whole
from dlbook.fully_connected.layers import count_parameters


# --8<-- [start:trace]
class Step(NamedTuple):
    """One layer at work."""

    name: str  # where it stands in the model, as in its `state_dict`
    kind: str  # its class
    takes: Any  # copies of what went in and of what came out
    gives: Any
    holds: int  # how many parameters


def trace(model: nn.Module, *inputs: Any) -> list[Step]:
    """Run a model; note what each of its layers takes, gives and holds.

    A layer is a module without parts. The steps stand in the order in which
    they ran; a layer that runs twice stands there twice.

    >>> model = nn.Sequential(nn.Linear(4, 3), nn.ReLU())
    >>> [(step.kind, step.holds) for step in trace(model, torch.zeros(2, 4))]
    [('Linear', 15), ('ReLU', 0)]
    """
    steps: list[Step] = []

    def watch(name: str, layer: nn.Module) -> Any:
        def note(layer: nn.Module, taken: tuple, given: Any) -> None:
            taken = taken[0] if len(taken) == 1 else taken
            kind, holds = type(layer).__name__, count_parameters(layer)
            steps.append(
                Step(name, kind, _copied(taken), _copied(given), holds)
            )

        return layer.register_forward_hook(note)

    layers = [p for p in model.named_modules() if not any(p[1].children())]
    handles = [watch(name, layer) for name, layer in layers]
    try:
        model(*inputs)
    finally:  # whatever happens, leave the model as it was
        for handle in handles:
            handle.remove()
    return steps
# --8<-- [end:trace]


def _copied(value: Any) -> Any:
    if torch.is_tensor(value):
        return value.detach().clone()
    return tuple(map(_copied, value)) if isinstance(value, tuple) else value


# --8<-- [start:saved]
def saved(model: Callable[..., Any], *inputs: Any) -> list[Tensor]:
    """What autograd keeps for the way back when the model runs.

    Each memory is listed once, however often it was saved. The parameters
    of the model are left out: they are there anyway.
    """
    kept: dict[tuple, Tensor] = {}

    def pack(tensor: Tensor) -> Tensor:
        tensor = tensor.detach()  # so that the graph does not hold itself
        kept.setdefault(_memory(tensor), tensor)
        return tensor

    with saved_tensors_hooks(pack, lambda tensor: tensor):
        model(*inputs)
    if isinstance(model, nn.Module):
        for parameter in model.parameters():
            kept.pop(_memory(parameter), None)
    return list(kept.values())


def saved_bytes(model: Callable[..., Any], *inputs: Any) -> int:
    """How many bytes they fill."""
    kept = saved(model, *inputs)
    return sum(tensor.untyped_storage().nbytes() for tensor in kept)
# --8<-- [end:saved]


def _memory(tensor: Tensor) -> tuple:
    return tensor.device, tensor.untyped_storage().data_ptr()


# --8<-- [start:graph]
class Operation(NamedTuple):
    """One node of the graph that autograd records."""

    label: str  # "Relu", say, or the name of a tensor that starts a branch
    level: int  # operations from here to the result, on the longest way
    reads: tuple[int, ...]  # where its inputs stand in the list
    keeps: tuple[tuple[int, ...], ...]  # shapes of what it keeps


def graph(y: Tensor, names: Mapping[str, Tensor]) -> list[Operation]:
    """The operations that led to y, the last one first.

    Args:
        y: a result that autograd has followed.
        names: what to call the tensors that it came from.

    Raises:
        ValueError: if y has no graph.
    """
    if y.grad_fn is None:
        raise ValueError("y has no graph: autograd did not follow it")
    nodes = [y.grad_fn]
    for node in nodes:  # the list grows while we walk
        nodes += [n for n in dict.fromkeys(_inputs(node)) if n not in nodes]
    levels = _levels(nodes)
    return [
        Operation(
            _label(node, names), levels[node],
            tuple(map(nodes.index, _inputs(node))), tuple(_keeps(node)),
        )
        for node in nodes
    ]
# --8<-- [end:graph]


def _inputs(node) -> list:
    return [before for before, _ in node.next_functions if before is not None]


def _levels(nodes) -> dict:
    """The longest way from the result to each node."""
    users = Counter(before for node in nodes for before in _inputs(node))
    levels, ready = dict.fromkeys(nodes, 0), [nodes[0]]
    for node in ready:  # each stands here once all that read it are done
        for before in _inputs(node):
            levels[before] = max(levels[before], levels[node] + 1)
            users[before] -= 1
            if users[before] == 0:
                ready.append(before)
    return levels


def _label(node, names: Mapping[str, Tensor]) -> str:
    if hasattr(node, "variable"):
        found = (name for name, t in names.items() if t is node.variable)
        return next(found, "leaf")
    return node.name().partition("Backward")[0]


def _keeps(node) -> Iterable[tuple[int, ...]]:
    for name in dir(node):
        value = getattr(node, name) if name.startswith("_saved_") else None
        if torch.is_tensor(value):
            yield tuple(value.shape)


# --8<-- [start:cost]
def multiply_adds(sizes: Iterable[int], batch: int = 1) -> tuple[int, int]:
    """The multiply-adds of a fully connected network, there and back.

    The way back computes a gradient for every weight and for every number
    between the layers; the inputs need none.

    >>> multiply_adds([2, 2, 1])
    (6, 8)
    """
    sizes = checked_sizes("sizes", sizes, inputs=True)
    refuse_unless_whole(0, batch=batch)
    weights = sum(before * here for before, here in pairwise(sizes))
    first = sizes[0] * sizes[1]
    return batch * weights, batch * (2 * weights - first)
# --8<-- [end:cost]
