"""Rotation: new pixels between the old ones.

    i' = a + (j - b) sin φ + (i - a) cos φ        a, b: the centre
    j' = b + (j - b) cos φ - (i - a) sin φ
    y[i, j] = sum over u, v of x[u, v] max(0, 1 - |i' - u|) max(0, 1 - |j' - v|)

The last line is bilinear interpolation: the pixel at a place between four is
their mean, weighted by nearness. What lies outside of the image is 0.
"""

from itertools import product

import torch
from jaxtyping import Float
from torch import Tensor

from dlbook._checking import (
    IMAGES,
    Number,
    checked_floating,
    checked_number,
    widened,
)
from dlbook.augmentation.places import checked_generator, refuse_other_length


# --8<-- [start:rotate]
def rotate(
    x: Float[Tensor, "n c h w"], degrees: Float[Tensor, " n"]
) -> Float[Tensor, "n c h w"]:
    """Turn each image about its middle, counterclockwise.

    Args:
        x: images.
        degrees: the angle of each.

    Raises:
        ValueError: for other axes than four, numbers that are no floats, and
            unless there is one angle for each image.
    """
    checked_floating("x", x, IMAGES)
    refuse_other_length("degrees", degrees, len(x))
    wide = widened(x)
    phi = degrees.to(wide).deg2rad()[:, None, None]
    down = _from_middle(x.shape[2], wide)[:, None]
    across = _from_middle(x.shape[3], wide)
    i = across * phi.sin() + down * phi.cos() + (x.shape[2] - 1) / 2
    j = across * phi.cos() - down * phi.sin() + (x.shape[3] - 1) / 2
    return bilinear(wide, i, j).to(x.dtype)


def bilinear(
    x: Float[Tensor, "n c h w"], i: Float[Tensor, "n rows columns"],
    j: Float[Tensor, "n rows columns"],
) -> Float[Tensor, "n c rows columns"]:
    """Each image at places between its pixels.

    Args:
        x: images.
        i: in which row each place is; 0.5 is between the first two.
        j: in which column.
    """
    image = torch.arange(len(x), device=x.device)[:, None, None]
    y = torch.zeros_like(x[:, :, :1, :1])
    for u, v in product([i.floor(), i.floor() + 1], [j.floor(), j.floor() + 1]):
        near = (1 - (i - u).abs()) * (1 - (j - v).abs())
        inside = (u >= 0) & (u < x.shape[2]) & (v >= 0) & (v < x.shape[3])
        u, v = (u * inside).long(), (v * inside).long()
        y = y + x[image, :, u, v].movedim(3, 1) * (near * inside)[:, None]
    return y


def random_rotation(
    x: Float[Tensor, "n c h w"], most: Number, generator: torch.Generator
) -> Float[Tensor, "n c h w"]:
    """Turn each image by an angle of its own.

    Args:
        x: images.
        most: angles are uniform between minus and plus so many degrees.
        generator: of the CPU; draws one number for each image.

    Raises:
        ValueError: as `rotate`, for a negative angle or one above 180, and
            for a generator of another device.
    """
    checked_floating("x", x, IMAGES)
    checked_number("most", most, least=0, most=180)
    draw = torch.rand(len(x), generator=checked_generator(generator))
    return rotate(x, (2 * draw - 1) * most)
# --8<-- [end:rotate]


def _from_middle(size: int, like: Tensor) -> Tensor:
    return torch.arange(size).to(like) - (size - 1) / 2
