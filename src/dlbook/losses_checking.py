"""What the losses refuse, with a ValueError that names the values met."""

from numbers import Real

import torch
from torch import Tensor

from dlbook.checking import floating


def alike(**pair: object) -> None:
    """Refuse two tensors of another shape, type or device."""
    (one, x), (other, y) = pair.items()
    x, y = floating(one, x), floating(other, y)
    for what in ("shape", "dtype", "device"):
        met, expected = getattr(y, what), getattr(x, what)
        if met != expected:
            raise ValueError(
                f"{other} must have the {what} of {one}, {_plain(expected)},"
                f" got {_plain(met)}"
            )


def share(name: str, part: object) -> None:
    """Refuse what is no number from 0 to 1."""
    if not isinstance(part, Real) or isinstance(part, bool):
        raise ValueError(f"{name} must be a number, got {part!r}")
    if not 0 <= float(part) <= 1:
        raise ValueError(f"{name} must be from 0 to 1, got {part!r}")


def shares(target: Tensor, *, along: int | None = None) -> None:
    """Refuse probabilities outside 0 to 1, or that do not add up to 1."""
    outside = target[~((target >= 0) & (target <= 1))]
    if outside.numel():
        raise ValueError(
            f"target must be from 0 to 1, got {outside[0].item():g}"
        )
    if along is None:
        return
    sums = target.float().sum(along)
    wrong = sums[(sums - 1).abs() > 0.01]
    if wrong.numel():
        raise ValueError(
            f"target must add up to 1 over the classes, got {wrong[0]:.3g}"
        )


def fitting(logits: object, target: object, weight: object) -> None:
    """Refuse logits, targets and class weights that do not fit together."""
    logits = floating("logits", logits)
    if logits.ndim < 2 or logits.shape[1] == 0:
        raise ValueError(
            "logits must have at least 2 axes, examples and classes,"
            f" got shape {tuple(logits.shape)}"
        )
    if isinstance(target, Tensor) and target.is_floating_point():
        alike(logits=logits, target=target)
    else:
        _class_numbers(logits, target)
    if weight is not None:
        one_each = logits.new_empty(logits.shape[1])
        alike(**{"the classes": one_each, "weight": weight})


def _class_numbers(logits: Tensor, target: object) -> None:
    if not isinstance(target, Tensor) or target.dtype != torch.int64:
        met = target.dtype if isinstance(target, Tensor) else type(target)
        raise ValueError(
            "target must hold int64 class numbers, or a probability for each"
            f" class, got {met}"
        )
    expected = (logits.shape[0], *logits.shape[2:])
    if target.shape != expected or target.device != logits.device:
        raise ValueError(
            f"logits of shape {tuple(logits.shape)} on {logits.device} need"
            f" one class number for each example, shape {expected},"
            f" got {tuple(target.shape)} on {target.device}"
        )


def kept(target: Tensor, classes: int, ignored: int) -> Tensor:
    """Which targets count; refuses those that are no class."""
    counts = target != ignored
    wrong = target[counts & ((target < 0) | (target >= classes))]
    if wrong.numel():
        raise ValueError(
            f"target must be a class from 0 to {classes - 1},"
            f" got {wrong[0].item()}"
        )
    return counts


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, torch.Size) else value
