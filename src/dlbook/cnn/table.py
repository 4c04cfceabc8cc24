"""What each layer of a network gives and costs, read off a run.

Shapes, parameters, multiply-adds and receptive fields of a chain of layers,
ours or torch's.
"""

from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from dlbook._checking import checked_pairs
from dlbook.convolution.forward import Conv2d
from dlbook.convolution.sizes import receptive_field
from dlbook.forward import Step, trace
from dlbook.fully_connected.layers import Linear
from dlbook.pooling import AvgPool2d, MaxPool2d


# --8<-- [start:layer_table]
class Row(NamedTuple):
    """One layer, for one image."""

    name: str  # where it stands in the model, as in its `state_dict`
    kind: str  # its class
    gives: tuple[int, ...]  # the shape of what it gives, without the batch
    parameters: int
    multiply_adds: int
    field: tuple[int, int] | None  # receptive field; None: no limit is known


def layer_table(model: nn.Module, x: Tensor) -> list[Row]:
    """Run a model and list, layer by layer, what each gives and costs.

    The layers may be ours or torch's. They must form a chain: each reads what
    the one before has given. Only products count as work.

    Args:
        model: a layer that runs twice has two rows.
        x: a batch of images (at least one).

    Raises:
        ValueError: without a batch, or for weights of another kind than
            those of a two-dimensional convolution or a dense layer.
    """
    _refuse_no_batch(x)
    rows: list[Row] = []
    kernels: list | None = []  # of all layers so far; None: no limit
    numbers = x[0].numel()
    for step in trace(model, x):
        layer = model.get_submodule(step.name)
        if step.takes[0].numel() != numbers:  # a function between two layers
            kernels = None
        kernels, numbers = _joined(kernels, layer, step), step.gives[0].numel()
        field = None if kernels is None else _field(kernels)
        work, shape = _multiply_adds(layer, step), tuple(step.gives.shape[1:])
        rows.append(Row(step.name, step.kind, shape, step.holds, work, field))
    return rows
# --8<-- [end:layer_table]


# --8<-- [start:work]
def _multiply_adds(layer: nn.Module, step: Step) -> int:
    """Every weight works once at every place; a dense layer has one."""
    if isinstance(layer, (Conv2d, nn.Conv2d, Linear, nn.Linear)):
        places = step.gives[0].numel() // len(layer.weight)
        return layer.weight.numel() * places
    _refuse_other_products(layer, step)
    return 0
# --8<-- [end:work]


def _refuse_other_products(layer, step) -> None:
    if any(parameter.ndim > 1 for parameter in layer.parameters()):
        raise ValueError(
            "the work of Conv2d and Linear can be counted,"
            f" not that of {step.kind} ({step.name or 'the model itself'})"
        )


def _refuse_no_batch(x) -> None:
    if not torch.is_tensor(x) or x.ndim < 2 or len(x) == 0:
        met = tuple(x.shape) if torch.is_tensor(x) else type(x).__name__
        raise ValueError(f"x must be a batch of at least one image, got {met}")


def _joined(kernels: list | None, layer, step: Step) -> list | None:
    """The kernels so far and this layer's; None once it reads all places."""
    if kernels is None or isinstance(layer, (Linear, nn.Linear)):
        return None
    found = _kernel(layer)
    if found is not None:
        return [*kernels, found]
    # what keeps how many numbers there are works on each place by itself
    return kernels if step.gives.numel() == step.takes.numel() else None


def _kernel(layer) -> list[tuple[int, int]] | None:
    """Kernel, stride and dilation, each for rows and columns."""
    k: Any
    d = getattr(layer, "dilation", 1)
    if isinstance(layer, (MaxPool2d, AvgPool2d)):
        k, s = layer.kernel, layer.how["stride"] or layer.kernel
        d = layer.how.get("dilation", 1)
    elif isinstance(layer, Conv2d):
        k, s = tuple(layer.weight.shape[2:]), layer.stride
    elif isinstance(layer, (nn.Conv2d, nn.MaxPool2d, nn.AvgPool2d)):
        k, s = layer.kernel_size, layer.stride
    else:
        return None
    return checked_pairs(1, kernel=k, stride=s, dilation=d)


def _field(kernels: list) -> tuple[int, int]:
    rows, columns = (
        receptive_field([tuple(both[axis] for both in k) for k in kernels])
        for axis in (0, 1)
    )
    return rows, columns
