"""Colours: the axes along which they vary, and random shifts along them.

    C = mean of (p - m)(p - m)ᵀ = V diag(λ) Vᵀ    over all pixels p
    Δ = V (α ⊙ λ)                                 "variance": the paper's
    Δ = V (α ⊙ √λ)                                "deviation"

`α` holds one normal number of mean 0 and deviation σ for each axis, drawn once
for an image; all its pixels are shifted by the same Δ. The first form is that
of Krizhevsky, Sutskever and Hinton (2012), "ImageNet classification with deep
convolutional neural networks", section 4.1, where σ = 0.1. Its shift grows
with the square of the unit in which pixels are measured, the second with the
unit.
"""

from math import atan2, cos, sin
from typing import NamedTuple

import torch
from jaxtyping import Float, Float64, Shaped, UInt8
from torch import Tensor

from dlbook._checking import (
    Number,
    checked_number,
    checked_whole,
    kind,
    refuse_other_count,
    widened,
)
from dlbook.augmentation.places import checked_generator, refuse_no_images

FORMS = ("variance", "deviation")
SWEEPS = 50  # far more than any matrix has needed
AT_ONCE = 500  # images whose pixels are measured at a time


# --8<-- [start:eigen]
def eigen(
    a: Float[Tensor, "c c"]
) -> tuple[Float64[Tensor, " c"], Float64[Tensor, "c c"]]:
    """Eigenvalues, the largest first, and eigenvectors as columns.

    By Jacobi's method: turn two axes until their entry is 0, pair by pair,
    until all are.

    Args:
        a: a symmetric matrix.

    >>> values, vectors = eigen(torch.tensor([[2.0, 1.0], [1.0, 2.0]]))
    >>> [round(value, 9) for value in values.tolist()]
    [3.0, 1.0]

    Raises:
        ValueError: for a matrix that is not symmetric, or not finite.
    """
    _refuse_asymmetric(a)
    a = a.detach().cpu().double().clone()
    vectors = torch.eye(len(a), dtype=torch.float64)
    for _ in range(SWEEPS):
        if (a - a.diag().diag()).abs().max() <= 1e-15 * a.abs().max():
            break
        for p, q in torch.combinations(torch.arange(len(a))).tolist():
            turn = _turn(a, p, q)
            a, vectors = turn.T @ a @ turn, vectors @ turn
    order = a.diag().argsort(descending=True)
    return a.diag()[order], vectors[:, order]


def _turn(a: Tensor, p: int, q: int) -> Tensor:
    """The rotation of axes p and q after which entry (p, q) is 0."""
    angle = atan2(2 * a[p, q], a[q, q] - a[p, p]) / 2
    turn = torch.eye(len(a), dtype=torch.float64)
    turn[p, p] = turn[q, q] = cos(angle)
    turn[p, q], turn[q, p] = sin(angle), -sin(angle)
    return turn
# --8<-- [end:eigen]


# --8<-- [start:axes]
class Colours(NamedTuple):
    """How the colours of pixels are spread.

    Attributes:
        mean: of all pixels.
        values: λ, the variances along the axes, the largest first.
        vectors: V, the axes, one in each column.
    """

    mean: Float64[Tensor, " c"]
    values: Float64[Tensor, " c"]
    vectors: Float64[Tensor, "c c"]


def colour_axes(x: Shaped[Tensor, "n c h w"]) -> Colours:
    """The principal axes of the colours of all pixels.

    Args:
        x: images, as floats or bytes. Variances come in the square of their
            unit: of pixels from 0 to 255 they are 65,025 times those of the
            same pixels from 0 to 1.

    Raises:
        ValueError: for other axes than four, for no pixels, and for numbers
            that are neither floats nor bytes.
    """
    _refuse_other_pixels(x)
    parts, many = x.split(AT_ONCE), x[:, 0].numel()
    sums = torch.stack([_pixels(part).sum(1) for part in parts])
    mean = sums.sum(0) / many
    spread = torch.zeros(len(mean), len(mean), dtype=torch.float64)
    for part in parts:
        off = _pixels(part) - mean[:, None]
        spread += off @ off.T
    values, vectors = eigen(spread / many)
    return Colours(mean, values.clamp(min=0), vectors)


def _pixels(x: Tensor) -> Tensor:
    """One row for each channel, one column for each pixel."""
    return x.detach().transpose(0, 1).flatten(1).cpu().double()
# --8<-- [end:axes]


# --8<-- [start:colour_shifts]
def colour_shifts(
    colours: Colours, many: int, generator: torch.Generator,
    sigma: Number = 0.1, form: str = "variance",
) -> Float64[Tensor, "many c"]:
    """Random shifts of a colour, one in each row.

    Args:
        colours: the axes.
        many: how many.
        generator: of the CPU; draws one number for each axis and shift.
        sigma: the standard deviation of α.
        form: "variance" for V (α ⊙ λ), "deviation" for V (α ⊙ √λ).

    Raises:
        ValueError: for a negative sigma, another form, a negative number, and
            a generator of another device.
    """
    checked_whole("many", many, 0)
    checked_number("sigma", sigma, least=0)
    if form not in FORMS:
        raise ValueError(f"form must be one of {FORMS}, got {form!r}")
    checked_generator(generator)
    channels = len(colours.values)
    alpha = sigma * torch.randn(
        many, channels, generator=generator, dtype=torch.float64
    )
    along = colours.values if form == "variance" else colours.values.sqrt()
    return (alpha * along) @ colours.vectors.T
# --8<-- [end:colour_shifts]


# --8<-- [start:shift]
def shift_colours(
    x: Shaped[Tensor, "n c h w"], shifts: Float[Tensor, "n c"]
) -> Shaped[Tensor, "n c h w"]:
    """Add to all pixels of each image the same colour.

    Floats may leave the range of pixels. Bytes are rounded and stay between
    0 and 255.

    Args:
        x: images, as floats or bytes.
        shifts: one row for each image, in the unit of its pixels.

    Raises:
        ValueError: for other axes than four, numbers that are neither floats
            nor bytes, and unless there is one shift for each image.
    """
    _refuse_other_pixels(x, some=False)
    if tuple(shifts.shape) != tuple(x.shape[:2]):
        raise ValueError(
            "shifts must hold a row for each image and a column for each"
            f" channel, {tuple(x.shape[:2])}, got {tuple(shifts.shape)}"
        )
    wide = widened(x) if x.is_floating_point() else x.float()
    shifted = wide + shifts[:, :, None, None].to(wide)
    if x.dtype == torch.uint8:
        shifted = shifted.round().clamp(0, 255)
    return shifted.to(x.dtype)


def random_colour(
    x: Shaped[Tensor, "n c h w"], colours: Colours,
    generator: torch.Generator, sigma: Number = 0.1, form: str = "variance",
) -> Shaped[Tensor, "n c h w"]:
    """Shift the colours of each image along the axes, by its own draw.

    Args:
        x: images, as floats or bytes.
        colours: `colour_axes` of the training images, in the unit of x.
        generator: of the CPU; draws one number for each image and axis.
        sigma: the standard deviation of α.
        form: "variance" for V (α ⊙ λ), "deviation" for V (α ⊙ √λ).

    Raises:
        ValueError: as `colour_shifts` and `shift_colours`, and for axes of
            another number of channels.
    """
    _refuse_other_pixels(x, some=False)
    refuse_other_count("values", colours.values, x.shape[1], "channel of x")
    drawn = colour_shifts(colours, len(x), generator, sigma, form)
    return shift_colours(x, drawn)
# --8<-- [end:shift]


# --8<-- [start:to_bytes]
def to_bytes(x: Float[Tensor, "*shape"]) -> UInt8[Tensor, "*shape"]:
    """Pixels from 0 to 1 as bytes, rounded; what lies outside is cut off.

    >>> to_bytes(torch.tensor([-0.1, 0.5, 1.2]))
    tensor([  0, 128, 255], dtype=torch.uint8)

    Raises:
        ValueError: if they are no floats.
    """
    if not isinstance(x, Tensor) or not x.is_floating_point():
        raise ValueError(f"pixels from 0 to 1 must be floats, got {kind(x)}")
    return (widened(x) * 255).round().clamp(0, 255).to(torch.uint8)
# --8<-- [end:to_bytes]


def _refuse_asymmetric(a: Tensor) -> None:
    if a.ndim != 2 or len(a) != a.shape[1] or len(a) == 0:
        raise ValueError(f"a must be a square matrix, got {tuple(a.shape)}")
    if not a.isfinite().all():
        raise ValueError("a must hold finite numbers")
    off = (a - a.T).abs().max().item()
    if off > 1e-6 * a.abs().max().item():
        raise ValueError(f"a must equal its transpose, they differ by {off:g}")


def _refuse_other_pixels(x: Tensor, *, some: bool = True) -> None:
    refuse_no_images(x)
    if not x.is_floating_point() and x.dtype != torch.uint8:
        raise ValueError(f"pixels must be floats or uint8, got {kind(x)}")
    if some and x.numel() == 0:
        raise ValueError(f"x must hold pixels, got shape {tuple(x.shape)}")
