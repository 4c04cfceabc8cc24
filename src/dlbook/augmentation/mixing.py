"""Beyond moving pixels: a hole in each image, the mean of two, all in turn.

Cutout is that of DeVries and Taylor (2017), "Improved regularization of
convolutional neural networks with cutout". Mixup is that of Zhang, Cisse,
Dauphin and Lopez-Paz (2018), "mixup: beyond empirical risk minimization",
section 2; here each image has its own weight.
"""

from collections.abc import Callable

import numpy as np
import torch
from jaxtyping import Bool, Float, Float64, Shaped
from torch import Tensor

from dlbook._checking import (
    IMAGES,
    Number,
    Pair,
    checked_floating,
    checked_number,
    checked_pair,
)
from dlbook.augmentation.places import (
    checked_generator,
    refuse_no_images,
    refuse_other_length,
)

Step = Callable[[Tensor, torch.Generator], Tensor]


# --8<-- [start:cutout]
def random_cutout(
    x: Shaped[Tensor, "n c h w"], size: Pair, generator: torch.Generator
) -> Shaped[Tensor, "n c h w"]:
    """Set a window of each image to 0, at a place drawn for each.

    The middle of the window is any pixel, all as likely; so it may stick out
    of the image.

    Args:
        x: images, of any type.
        size: rows and columns of the window, or one number for both.
        generator: of the CPU; draws two numbers for each image.

    Raises:
        ValueError: for other axes than four, a size below 1, and a generator
            of another device.
    """
    refuse_no_images(x)
    checked_generator(generator)
    high, wide = checked_pair("size", size, 1)
    n, _, h, w = x.shape
    rows = _covered(n, h, high, generator)[:, None, :, None]
    columns = _covered(n, w, wide, generator)[:, None, None, :]
    return x.masked_fill((rows & columns).to(x.device), 0)


def _covered(
    n: int, side: int, cut: int, generator: torch.Generator
) -> Bool[Tensor, "n side"]:
    """Which places of an axis a window around a random one covers."""
    middle = torch.randint(max(side, 1), (n, 1), generator=generator)
    place = torch.arange(side) - (middle - cut // 2)
    return (place >= 0) & (place < cut)
# --8<-- [end:cutout]


# --8<-- [start:mixup]
def mixup(
    x: Float[Tensor, "n c h w"], y: Float[Tensor, "n k"],
    weights: Float[Tensor, " n"], partners: Shaped[Tensor, " n"],
) -> tuple[Float[Tensor, "n c h w"], Float[Tensor, "n k"]]:
    """Each image and its label, mixed with those of another one.

    Args:
        x: images.
        y: the probability of each class, one row for each image.
        weights: what share each image keeps.
        partners: with which image it is mixed.

    Raises:
        ValueError: for other axes, numbers that are no floats, and unless
            there is one weight and one partner for each image.
    """
    checked_floating("x", x, IMAGES)
    checked_floating("y", y, "images, classes")
    refuse_other_length("y", y, len(x), y.shape[1])
    refuse_other_length("weights", weights, len(x))
    refuse_other_length("partners", partners, len(x))
    keep, partners = weights.to(x), partners.to(x.device)
    mixed = []
    for both in (x, y):
        share = keep.to(both.dtype).reshape(-1, *[1] * (both.ndim - 1))
        mixed.append(share * both + (1 - share) * both[partners])
    return mixed[0], mixed[1]


def random_mixup(
    x: Float[Tensor, "n c h w"], y: Float[Tensor, "n k"],
    generator: torch.Generator, alpha: Number = 0.2,
) -> tuple[Float[Tensor, "n c h w"], Float[Tensor, "n k"]]:
    """Mix each image of a batch, and its label, with another of the batch.

    Args:
        x: images.
        y: the probability of each class, one row for each image.
        generator: of the CPU; draws the partners and the weights.
        alpha: weights are Beta(alpha, alpha): near 0 or 1 for a small one,
            near 0.5 for a large one.

    Raises:
        ValueError: as `mixup`, for an alpha that is not positive, and for a
            generator of another device.
    """
    checked_number("alpha", alpha, above=0)
    checked_floating("x", x, IMAGES)
    partners = torch.randperm(len(x), generator=checked_generator(generator))
    weights = _beta(alpha, len(x), generator).to(x)
    return mixup(x, y, weights, partners)


def _beta(
    alpha: Number, n: int, generator: torch.Generator
) -> Float64[Tensor, " n"]:
    """NumPy draws, from a seed that torch draws: torch takes no generator."""
    seed = int(torch.randint(2**62, (), generator=generator))
    return torch.from_numpy(np.random.default_rng(seed).beta(alpha, alpha, n))
# --8<-- [end:mixup]


# --8<-- [start:in_turn]
def in_turn(*steps: Step) -> Step:
    """One augmentation that does several, one after the other.

    >>> from dlbook.augmentation import random_crop, random_flip
    >>> both = in_turn(random_flip, lambda x, g: random_crop(x, 28, g, 2))
    >>> both(torch.zeros(5, 1, 28, 28), torch.Generator()).shape
    torch.Size([5, 1, 28, 28])

    Args:
        steps: each takes images and a generator.
    """
    def all_of(x: Tensor, generator: torch.Generator) -> Tensor:
        for step in steps:
            x = step(x, generator)
        return x

    names = [getattr(step, "__name__", repr(step)) for step in steps]
    all_of.__qualname__ = f"in_turn({', '.join(names)})"  # for a run's papers
    return all_of
# --8<-- [end:in_turn]
