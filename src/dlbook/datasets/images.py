"""What a data set is: labelled pictures to train on, others to test on."""

import hashlib
from typing import NamedTuple

import torch
from jaxtyping import Float32
from torch import Tensor

from dlbook._checking import checked_whole, kind


class DataError(ValueError):
    """A data set that is not there, or is not what it should be."""


class Images(NamedTuple):
    """Labelled pictures.

    Attributes:
        x: (n, c, h, w), uint8 from 0 to 255, or float32 from 0 to 1.
        y: (n,), int64: the number of the class of each.
    """

    x: Tensor
    y: Tensor


class DataSet(NamedTuple):
    """Pictures to train on, others to test on.

    Attributes:
        name: as `load` knows it; of a folder, its path.
        train: what a model learns from.
        test: what it never sees before it is tested.
        classes: their names; label 0 means the first.
        digest: SHA-256 of pixels, labels and classes, in hexadecimal digits.
    """

    name: str
    train: Images
    test: Images
    classes: tuple[str, ...]
    digest: str


# --8<-- [start:hold_out]
def hold_out(
    images: Images, many: int, *, generator: torch.Generator
) -> tuple[Images, Images]:
    """Split off pictures for validation. Returns the rest, and these.

    Both keep the order that the pictures had.

    Args:
        images: are not changed.
        many: how many are held out: at least 1, and one remains.
        generator: of the CPU; draws them.

    Raises:
        ValueError: for another number.
    """
    x, y = images
    checked_whole("many", many, 1, len(x) - 1)
    held = torch.zeros(len(x), dtype=torch.bool)
    held[torch.randperm(len(x), generator=generator)[:many]] = True
    held = held.to(x.device)
    return Images(x[~held], y[~held]), Images(x[held], y[held])
# --8<-- [end:hold_out]


# --8<-- [start:pixels]
def pixels(x: Tensor) -> Float32[Tensor, "..."]:
    """Pixels from 0 to 1 as float32, of bytes or of floats from 0 to 1.

    >>> pixels(torch.tensor([0, 51, 255], dtype=torch.uint8))
    tensor([0.0000, 0.2000, 1.0000])

    Raises:
        ValueError: for another kind of number, or floats outside 0 to 1.
    """
    if x.dtype == torch.uint8:
        return x.float() / 255
    if not x.is_floating_point():
        raise ValueError(f"pixels must be uint8 or floats, got {kind(x)}")
    for wrong in x[~((x >= 0) & (x <= 1))].flatten()[:1].tolist():
        raise ValueError(f"float pixels go from 0 to 1, got {wrong:g}")
    return x.float()
# --8<-- [end:pixels]


def digest(train: Images, test: Images, classes: tuple[str, ...]) -> str:
    """SHA-256 of pixels, labels and classes, the same on every machine."""
    found = hashlib.sha256(repr(classes).encode())
    for tensor in (*train, *test):
        array = tensor.cpu().contiguous().numpy()
        array = array.astype(array.dtype.newbyteorder("<"), copy=False)
        found.update(f"{array.dtype} {array.shape}".encode())
        found.update(array.data if array.size else b"")
    return found.hexdigest()
