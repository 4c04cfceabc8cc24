"""Looking into a model: what its parts hand on, and where it looks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook.attention import MultiHeadAttention
from dlbook.normalization import LayerNorm
from dlbook.transformer.layers import Residual
from dlbook.transformer.model import ReadOut, Rows

PARTS = Rows, Residual, LayerNorm, ReadOut


class Part(NamedTuple):
    """A part of a model as it ran.

    Attributes:
        name: of the module in the model.
        shape: of what it gave.
        reads: the names of the parts that gave what it read.
    """

    name: str
    shape: tuple[int, ...]
    reads: tuple[str, ...]


# --8<-- [start:flow]
@torch.no_grad()
def flow(
    model: nn.Module, *inputs: Any, kinds: tuple[type, ...] = PARTS
) -> list[Part]:
    """Run the model, and give its parts in the order in which they ran.

    A part is a module of these kinds that is not within another such one.
    Who reads from whom is found by identity: the tensor that a part was
    given is the one that another part has made.
    """
    parts: list[Part] = []
    made: dict[int, tuple[str, Tensor]] = {}  # holds them: no id comes twice

    def note(name, layer, args, output):
        reads = [made[id(x)][0] for x in args if id(x) in made]
        parts.append(Part(name, tuple(output.shape), tuple(reads)))
        made[id(output)] = name, output

    with _hooked(model, kinds, "register_forward_hook", note):
        model(*inputs)
    return parts
# --8<-- [end:flow]


# --8<-- [start:attention_maps]
@torch.no_grad()
def attention_maps(
    model: nn.Module, *inputs: Any
) -> dict[str, Float[Tensor, "*n heads q k"]]:
    """Run the model, and give the weights of each attention in it, by name.

    A hook notes what each attention is called with, and asks it for its
    weights. Nothing is dropped from these, in training either.
    """
    found: dict[str, Tensor] = {}

    def note(name, layer, args):
        found[name] = layer.weights(*args)

    kinds = (MultiHeadAttention,)
    with _hooked(model, kinds, "register_forward_pre_hook", note):
        model(*inputs)
    return found
# --8<-- [end:attention_maps]


@contextmanager
def _hooked(
    model: nn.Module, kinds: tuple[type, ...], register: str,
    note: Callable[..., None],
) -> Iterator[None]:
    """Within it, modules of these kinds call `note` with their names.

    Those within another one do not.
    """
    hooks, within = [], "."
    for name, module in model.named_modules():
        if isinstance(module, kinds) and not name.startswith(within):
            hooks.append(getattr(module, register)(partial(note, name)))
            within = f"{name}."
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
