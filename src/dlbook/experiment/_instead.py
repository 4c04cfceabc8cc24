"""Within `vmap`, torch's functions are replaced by those for whole stacks.

A network calls `functional.conv2d` as always. `ForStacks` sees the call, and
hands it out of `vmap` to the function that does it for all networks at once.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from dlbook.experiment import _stacked
from dlbook.experiment._noise import Asked


# --8<-- [start:whole]
class _Whole(torch.autograd.Function):
    """Calls a function for stacks with the stacks that `vmap` takes apart."""

    @staticmethod
    def forward(function: Callable, *tensors: Tensor | None) -> Tensor:
        raise NotImplementedError("nothing differs between the networks")

    @staticmethod
    def setup_context(ctx, inputs, output) -> None:
        raise NotImplementedError("nothing differs between the networks")

    @staticmethod
    def vmap(info, axes, function, *tensors) -> tuple[Tensor, int]:
        stacks = [
            _stack(tensor, axis, info.batch_size)
            for tensor, axis in zip(tensors, axes[1:], strict=True)
        ]
        return function(*stacks), 0
# --8<-- [end:whole]


def _stack(tensor, axis, networks) -> Tensor | None:
    """The networks as first axis, also if all of them share the tensor."""
    if tensor is None:
        return None
    if axis is None:
        return tensor.expand(networks, *tensor.shape)
    return tensor.movedim(axis, 0) if axis else tensor


# --8<-- [start:for_stacks]
class ForStacks(TorchFunctionMode):
    """Inside, some of torch's functions go to those of `_stacked`.

    Args:
        noise: what the dropout layers multiply with, one after the other.
    """

    def __init__(self, noise: Iterable[Tensor] = ()) -> None:
        super().__init__()
        self.noise = iter(noise)

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs, instead = kwargs or {}, INSTEAD.get(function)
        call = instead and instead(self.noise, *args, **kwargs)
        if call is None:
            return function(*args, **kwargs)
        return _Whole.apply(*call)
# --8<-- [end:for_stacks]


class Listening(TorchFunctionMode):
    """Inside, it is written down what the dropout layers ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Asked] = []

    def __torch_function__(self, function, types, args=(), kwargs=None):
        if function in DROPOUTS:
            asked = _asked(DROPOUTS[function], *args, **(kwargs or {}))
            self.asked += [asked] if asked else []
        return function(*args, **(kwargs or {}))


DROPOUTS: dict[Any, int | None] = {
    functional.dropout: None,
    functional.dropout1d: 3,  # axes of images whose channels it drops
    functional.dropout2d: 4,
    functional.dropout3d: 5,
}


def _asked(axes, x, p=0.5, training=True, inplace=False) -> Asked | None:
    """What a call of dropout draws, if it draws anything."""
    if not training or not 0 < p < 1 or x.ndim != (axes or x.ndim):
        return None
    shape = (*x.shape[:2], *[1] * (axes - 2)) if axes else tuple(x.shape)
    return Asked(shape, p, x.dtype)


def _dropout(axes, noise, x, *args, **kwargs) -> tuple | None:
    if _asked(axes, x, *args, **kwargs) is None:
        return None
    mask = next(noise, None)
    if mask is None:
        raise RuntimeError("a layer drops outputs, although not in training")
    return partial(torch.mul, mask), x


def _linear(noise, x, weight, bias=None) -> tuple:
    return _stacked.linear, x, weight, bias


def _conv2d(
    noise, x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1
) -> tuple | None:
    if isinstance(padding, str) or groups != 1 or x.ndim != 4:
        return None
    how = {"stride": stride, "padding": padding, "dilation": dilation}
    return partial(_stacked.conv2d, **how), x, weight, bias


def _pooling(pool, noise, x, *args, **kwargs) -> tuple | None:
    if x.ndim != 4 or kwargs.get("return_indices"):
        return None

    def pooled(maps: Tensor) -> Tensor:
        return pool(maps, *args, **kwargs)

    return partial(_stacked.pooled, pool=pooled), x


PLAIN = {"reduction": "mean", "label_smoothing": 0.0}


def _cross_entropy(
    noise, scores, targets, weight=None, **how
) -> tuple | None:
    ignore_index = how.pop("ignore_index", -100)
    special = any(value != PLAIN.get(name) for name, value in how.items())
    axes = scores.ndim, targets.ndim
    if special or weight is not None or axes != (2, 1):
        return None
    function = partial(_stacked.cross_entropy, ignore_index=ignore_index)
    return function, scores, targets


def _embedding(
    noise, ids, weight, padding_idx=None, max_norm=None, norm_type=2.0,
    *how, **more,
) -> tuple | None:
    if max_norm is not None or any(how) or any(more.values()):
        return None
    function = partial(_stacked.embedding, padding_idx=padding_idx)
    return function, ids, weight


INSTEAD: dict[Any, Callable[..., tuple | None]] = {
    functional.linear: _linear,
    functional.conv2d: _conv2d,
    functional.max_pool2d: partial(_pooling, functional.max_pool2d),
    functional.avg_pool2d: partial(_pooling, functional.avg_pool2d),
    functional.cross_entropy: _cross_entropy,
    functional.embedding: _embedding,
    **{drop: partial(_dropout, axes) for drop, axes in DROPOUTS.items()},
}
