"""What every layer refuses, with a ValueError that names the values met."""

from numbers import Integral

from torch import Tensor

Pair = int | tuple[int, int]  # one number for both axes, or (height, width)


def whole(name: str, value: object, least: int) -> int:
    """The value, if it is an integer of at least `least`; no True, no 2.0."""
    if (
        not isinstance(value, Integral)
        or isinstance(value, bool)
        or value < least
    ):
        raise ValueError(
            f"{name} must be an integer of at least {least}, got {value!r}"
        )
    return int(value)


def whole_numbers(**numbers: object) -> None:
    """Refuse any that is not an integer of at least 1."""
    for name, value in numbers.items():
        whole(name, value, 1)


def floating(name: str, x: object) -> Tensor:
    """The tensor, if it holds floating-point numbers."""
    if not isinstance(x, Tensor) or not x.is_floating_point():
        met = x.dtype if isinstance(x, Tensor) else type(x).__name__
        raise ValueError(
            f"{name} must hold floating-point numbers, got {met}"
        )
    return x


def pair(name: str, value: object, least: int) -> tuple[int, int]:
    """One number for both axes, or one for each."""
    both = value if isinstance(value, (tuple, list)) else (value, value)
    if len(both) != 2:
        raise ValueError(
            f"{name} must be one integer or a pair (height, width),"
            f" got {value!r}"
        )
    return whole(name, both[0], least), whole(name, both[1], least)


def alike(
    x: Tensor, rank: int | None = 4, **others: tuple[Tensor | None, int]
) -> None:
    """Refuse tensors of another rank, type or device; None: x has any rank."""
    for name, (tensor, axes) in {"x": (x, rank), **others}.items():
        if tensor is None:
            continue
        if axes is not None and tensor.ndim != axes:
            raise ValueError(
                f"{name} must have {axes} axes,"
                f" got {tensor.ndim}: shape {tuple(tensor.shape)}"
            )
        if (tensor.dtype, tensor.device) != (x.dtype, x.device):
            raise ValueError(
                f"{name} is {tensor.dtype} on {tensor.device},"
                f" the others {x.dtype} on {x.device}"
            )
