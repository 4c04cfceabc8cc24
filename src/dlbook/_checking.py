"""What more than one chapter refuses, with a ValueError that names it.

`checked_…` returns the value that fits, `refuse_…` nothing.
"""

from collections.abc import Iterable
from math import inf, isfinite, nan
from numbers import Integral, Real
from typing import Any

import torch
from torch import Tensor

Number = int | float
Pair = int | tuple[int, int]  # one number for both axes, or (height, width)

IMAGES = "images, channels, rows, columns"
ROWS = "positions, columns, …"


def checked_whole(
    name: str, value: object, least: int, most: Number = inf
) -> int:
    """The value, if it is an integer of this range; no True, no 2.0."""
    if (
        not isinstance(value, Integral)
        or isinstance(value, bool)
        or not least <= int(value) <= most
    ):
        limits = f"of at least {least}"
        if most < inf:
            limits = f"from {least} to {most}"
        raise ValueError(f"{name} must be an integer {limits}, got {value!r}")
    return int(value)


def refuse_unless_whole(least: int, **numbers: object) -> None:
    """Refuse any that is not an integer of at least `least`."""
    for name, value in numbers.items():
        checked_whole(name, value, least)


def checked_pair(name: str, value: object, least: int) -> tuple[int, int]:
    """One number for both axes, or one for each."""
    both = value if isinstance(value, (tuple, list)) else (value, value)
    if len(both) != 2:
        raise ValueError(
            f"{name} must be one integer or a pair (height, width),"
            f" got {value!r}"
        )
    high, wide = (checked_whole(name, one, least) for one in both)
    return high, wide


def checked_pairs(least: int, **values: object) -> list[tuple[int, int]]:
    """Each of them as a pair."""
    return [checked_pair(name, one, least) for name, one in values.items()]


def checked_sizes(
    name: str, sizes: object, *, inputs: bool = False
) -> tuple[int, ...]:
    """The sizes of layers, with that of the inputs before them or without."""
    found = tuple(sizes) if isinstance(sizes, Iterable) else (sizes,)
    if len(found) < 1 + inputs:
        needed = "the inputs and " * inputs + "at least one layer"
        raise ValueError(f"{name} must name {needed}, got {list(found)}")
    return tuple(checked_whole(f"each of {name}", n, 1) for n in found)


def is_real(value: object) -> bool:
    """Whether it is a real number; True, a text or a tensor is none."""
    return isinstance(value, Real) and not isinstance(value, bool)


def checked_number(
    name: str, value: object, *, least: Number = -inf, above: Number = -inf,
    most: Number = inf, below: Number = inf,
) -> float:
    """The value, if it is a finite real number within these limits."""
    x = float(value) if is_real(value) else nan  # type: ignore[arg-type]
    if not (least <= x <= most and above < x < below):
        limits = {"of at least": least, "above": above, "at most": most}
        limits["below"] = below
        said = [f" {word} {n}" for word, n in limits.items() if isfinite(n)]
        raise ValueError(
            f"{name} must be a finite number{' and'.join(said)},"
            f" got {value!r}"
        )
    return x


def refuse_other_axes(name: str, x: Tensor, axes: str) -> None:
    """Refuse other axes than the named ones; "…" behind them allows more."""
    named = axes.removesuffix(", …")
    many, more = named.count(",") + 1, named != axes
    if x.ndim < many or (x.ndim > many and not more):
        raise ValueError(
            f"{name} must have {'at least ' * more}{many} axes ({named}),"
            f" got {x.ndim}: shape {tuple(x.shape)}"
        )


def kind(x: object) -> object:
    """What a tensor holds, or what else it is."""
    return x.dtype if isinstance(x, Tensor) else type(x).__name__


def checked_floating(name: str, x: object, axes: str = "") -> Tensor:
    """The tensor, if it holds floating-point numbers and has these axes."""
    if not isinstance(x, Tensor) or not x.is_floating_point():
        raise ValueError(
            f"{name} must hold floating-point numbers, got {kind(x)}"
        )
    if axes:
        refuse_other_axes(name, x, axes)
    return x


def widened(x: Tensor) -> Tensor:
    """The numbers in single precision, if they were in half."""
    return x.float() if x.element_size() < 4 else x


def narrowed(y: Tensor, like: Tensor) -> Tensor:
    """What was computed `widened`, in the type of what it was computed from.

    Under `torch.autocast` it stays wide: there a loss is in single precision.
    """
    return y if is_autocast(like) else y.to(like.dtype)


def checked_wide(name: str, x: object) -> Tensor:
    """The numbers of a float tensor, in single precision if in half."""
    return widened(checked_floating(name, x))


def refuse_other_device(**tensors: Any) -> None:
    """Refuse tensors on another device than the first."""
    (first, x), *others = tensors.items()
    for name, other in others:
        if isinstance(other, Tensor) and other.device != x.device:
            raise ValueError(
                f"{name} is on {other.device}, {first} is on {x.device}"
            )


def is_autocast(x: Tensor) -> bool:
    """Whether `torch.autocast` is on where x lies."""
    kind = x.device.type
    there = torch.amp.is_autocast_available(kind)
    return there and torch.is_autocast_enabled(kind)


def computed_in(x: Tensor) -> torch.dtype:
    """The type of a product with x: its own, or that of `torch.autocast`.

    Autocast leaves double precision alone.
    """
    if x.dtype == torch.float64 or not is_autocast(x):
        return x.dtype
    return torch.get_autocast_dtype(x.device.type)


def refuse_other_kind(**tensors: Any) -> None:
    """Refuse float tensors of another type or device than the first.

    Types that `torch.autocast` makes one are not told apart.
    """
    (first, x), *others = tensors.items()
    checked_floating(first, x)
    for name, other in others:
        if computed_in(checked_floating(name, other)) != computed_in(x):
            raise ValueError(f"{name} is {other.dtype}, {first} is {x.dtype}")
    refuse_other_device(**tensors)


def refuse_other_shape(
    name: str, x: Tensor, shape: Iterable[int], of: str
) -> None:
    """Refuse another shape than this, which is that of something else."""
    met, expected = tuple(x.shape), tuple(shape)
    if met != expected:
        raise ValueError(
            f"{name} must have the shape of {of}, {expected}, got {met}"
        )


def refuse_unlike(**two: object) -> None:
    """Refuse a tensor of another shape, type or device than the first."""
    (first, x), (name, other) = two.items()
    x, other = checked_floating(first, x), checked_floating(name, other)
    refuse_other_shape(name, other, x.shape, first)
    refuse_other_kind(**two)


def refuse_other_count(name: str, x: Tensor, many: int, each: str) -> None:
    """Refuse other than one number for each of so many."""
    if tuple(x.shape) != (many,):
        raise ValueError(
            f"{name} must hold {many} numbers, one for each {each},"
            f" got shape {tuple(x.shape)}"
        )


def refuse_ids(ids: object, size: int) -> None:
    """Refuse what does not number the tokens of a vocabulary of this size."""
    if not isinstance(ids, Tensor):
        raise ValueError(f"ids must be a tensor, got {kind(ids)}")
    dtype = ids.dtype
    if dtype.is_floating_point or dtype.is_complex or dtype == torch.bool:
        raise ValueError(f"ids must be integers, got {dtype}")
    for wrong in ids[(ids < 0) | (ids >= size)].flatten()[:1].tolist():
        raise ValueError(f"ids go from 0 to {size - 1}, got {wrong}")
