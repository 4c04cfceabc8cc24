"""Whether a stack of networks does what the networks do one by one.

The loop is right by definition. So before a stack is trusted, both do the
same step, and must come to the same losses, gradients and outputs; and
nothing may happen in the loop that a stack cannot follow.
"""

import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from dlbook.experiment._instead import Listening
from dlbook.experiment._loops import Loops
from dlbook.experiment._noise import Asked
from dlbook.experiment._stack import Stack

HOOKS = "_forward_hooks", "_forward_pre_hooks", "_backward_hooks"
EVERY_MODULES = vars(nn.Module()).keys()  # such as _parameters, training


class Plain(NamedTuple):
    """What networks did one by one: for each seed one network."""

    losses: Tensor
    gradients: list[dict[str, Tensor]]
    outputs: Tensor
    asked: list[Asked]
    obstacle: str


# --8<-- [start:plain_trial]
def plain_trial(loops: Loops, x: Tensor, y: Tensor, new: Tensor) -> Plain:
    """One step without changing the weights, and a look at new examples.

    Raises:
        ValueError: if a network or the loss does not give what it must.
    """
    before = [dict(_remembered(net)) for net in loops.nets]
    with Listening() as listening:
        losses = loops.gradients(x, y)
    outputs = loops.outputs(new)
    gradients = [
        {
            name: parameter.grad
            for name, parameter in net.named_parameters()
            if parameter.grad is not None
        }
        for net in loops.nets
    ]
    obstacles = map(_obstacle, loops.nets, before, gradients)
    obstacle = next(filter(None, obstacles), "")
    if any(each.keys() != gradients[0].keys() for each in gradients):
        obstacle = obstacle or "the networks use different parameters"
    asked = listening.asked[: len(listening.asked) // len(loops.nets)]
    return Plain(losses, gradients, outputs, asked, obstacle)
# --8<-- [end:plain_trial]


# --8<-- [start:stack_trial]
def stack_trial(
    stack: Stack, plain: Plain, x: Tensor, y: Tensor, new: Tensor
) -> str:
    """Why the stack cannot be trusted; nothing if it can."""
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", ".*performance drop.*")
            found = *stack.tried(x, y), stack.outputs(new)
    except Exception as error:  # whatever vmap cannot do
        lines = str(error).strip().splitlines() or [""]
        return f"vmap: {type(error).__name__}: {lines[0]}"
    rows = [
        torch.cat([grad.flatten() for grad in each.values()])
        for each in plain.gradients
    ]
    expected = plain.losses, torch.stack(rows), plain.outputs
    if not all(map(_equal, found, expected)):
        return "stacked, the networks give other numbers"
    return ""
# --8<-- [end:stack_trial]


def _equal(mine: Tensor, theirs: Tensor) -> bool:
    """Whether all rows are equal, up to rounding."""
    if mine.shape != theirs.shape or mine.dtype != theirs.dtype:
        return False
    mine, theirs = (rows.reshape(len(rows), -1) for rows in (mine, theirs))
    exact = torch.finfo(theirs.dtype).eps
    room = exact**0.5 * theirs.norm(dim=1) + exact
    return bool(((mine - theirs).norm(dim=1) <= room).all())


def _obstacle(net: nn.Module, before: dict, gradients: dict) -> str:
    """What the network did that a stack cannot follow."""
    after = dict(_remembered(net))
    for name in before | after:
        if not _same(before.get(name), after.get(name)):
            return f"forward changes {name}"
    for layer in net.modules():
        if any(getattr(layer, hooks) for hooks in HOOKS):
            return f"{type(layer).__name__} has a hook"
    kinds = sorted({str(grad.dtype) for grad in gradients.values()})
    return f"parameters of several types: {kinds}" if kinds[1:] else ""


def _remembered(net: nn.Module) -> Iterator[tuple[str, Any]]:
    """All that a network holds besides its parameters."""
    for name, buffer in net.named_buffers():
        yield f"the buffer {name!r}", buffer.clone()
    for name, layer in net.named_modules():
        for attribute, value in vars(layer).items():
            if attribute in EVERY_MODULES:
                continue
            where = f"{name}.{attribute}".removeprefix(".")
            yield f"the attribute {where!r}", _shallow(value)


def _shallow(value: Any) -> Any:
    """What shows that a value was changed in place."""
    if torch.is_tensor(value):
        return value.detach().clone()
    if isinstance(value, torch.Generator):
        return value.get_state()
    if isinstance(value, dict):
        return [*value, *map(id, value.values())]
    if isinstance(value, (list, set, tuple)):
        return [*map(id, value)]
    return value


def _same(one: Any, other: Any) -> bool:
    if torch.is_tensor(one) and torch.is_tensor(other):
        return torch.equal(one, other)
    return one is other or (type(one) is type(other) and bool(one == other))
