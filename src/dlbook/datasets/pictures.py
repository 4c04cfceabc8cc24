"""A folder of pictures, in which each class has a folder of its own."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from jaxtyping import UInt8
from torch import Tensor

from dlbook.datasets._making import made
from dlbook.datasets.images import DataError, DataSet, Images

SUFFIXES = (
    ".bmp", ".gif", ".jpeg", ".jpg", ".pgm", ".png", ".ppm", ".tif", ".tiff",
    ".webp",
)
GREY = ("1", "L", "LA", "La")  # Pillow's modes with one channel
DEEP = ("I", "F")  # those with more than 8 bits a channel start so
Labelled = tuple[Path, int]


def read_pictures(folder: str | Path) -> DataSet:
    """Pictures in FOLDER/train/CLASS and FOLDER/test/CLASS, or FOLDER/CLASS.

    The classes are the names of the folders in alphabetical order. Without
    a folder `test`, a fifth of each class is drawn to test on, the same each
    time. Files that are no pictures by their names, and hidden ones, are
    passed by.

    Raises:
        DataError: if there is no class, a class without pictures, a file that
            cannot be read, or a picture of another size or number of channels
            than the first.
    """
    home = Path(folder).expanduser()
    parts = [home / part for part in ("train", "test")]
    if not _subfolders(parts[0]):
        parts = [home, home]
    elif not parts[1].is_dir():
        parts = [parts[0], parts[0]]
    classes = _classes(parts[0])
    if parts[0] == parts[1]:
        files, tests = _split(_files(parts[0], classes))
    else:
        _refuse_other_classes(parts[1], classes)
        files, tests = (_files(part, classes) for part in parts)
    first = read_picture(files[0][0]).shape, files[0][0]
    train, test = (_images(some, first) for some in (files, tests))
    return made(str(folder), train, test, classes)


def read_picture(path: str | Path) -> UInt8[Tensor, "c h w"]:
    """A picture as bytes: one channel if it is grey, three if it has colours.

    It is turned as its camera says. What is transparent lies on white; a
    picture with a palette counts as one with colours.

    Raises:
        DataError: if it cannot be read, or has more than 8 bits a channel.
    """
    try:
        mode, array = _decoded(path)
    except Exception as fault:  # Pillow's readers raise many kinds
        raise DataError(
            f"{path} cannot be read as a picture: {fault}"
        ) from fault
    if mode.startswith(DEEP):
        raise DataError(
            f"{path} has more than 8 bits a channel (Pillow's mode {mode}):"
            " save it with 8"
        )
    x = torch.from_numpy(array)
    return x[None] if x.ndim == 2 else x.permute(2, 0, 1).contiguous()


def _decoded(path: str | Path) -> tuple[str, np.ndarray]:
    """How Pillow calls the kind of the picture, and its bytes."""
    from PIL import Image, ImageOps

    with Image.open(path) as opened:
        mode = opened.mode
        image = ImageOps.exif_transpose(opened)
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    return mode, np.array(image.convert("L" if mode in GREY else "RGB"))


def _subfolders(folder: Path) -> list[Path]:
    """Those that are not hidden, in alphabetical order."""
    if not folder.is_dir():
        return []
    found = (one for one in folder.iterdir() if one.is_dir())
    return _sorted(one for one in found if not one.name.startswith("."))


def _sorted(paths: Iterable[Path]) -> list[Path]:
    """By name, in the same order on every system."""
    return sorted(paths, key=lambda path: path.name)


def _classes(folder: Path) -> tuple[str, ...]:
    """The names of the classes."""
    found = tuple(one.name for one in _subfolders(folder))
    if not found:
        raise DataError(
            f"{folder} has no classes: it must hold one folder of pictures"
            " for each, or train/ and test/ with such folders"
        )
    return found


def _refuse_other_classes(folder: Path, classes: tuple[str, ...]) -> None:
    """Refuse a folder that has other classes than these."""
    found = {one.name for one in _subfolders(folder)}
    for name in sorted(found ^ set(classes)):
        other = folder if name in found else folder.parent / "train"
        this = folder.parent / "train" if name in found else folder
        raise DataError(f"{this} has no class {name!r}, but {other} has")


def _files(folder: Path, classes: tuple[str, ...]) -> list[Labelled]:
    """The pictures of all classes, in alphabetical order, with labels."""
    found = []
    for label, name in enumerate(classes):
        paths = [
            path for path in _sorted((folder / name).iterdir())
            if path.suffix.lower() in SUFFIXES
            and not path.name.startswith(".") and path.is_file()
        ]
        if not paths:
            kinds = ", ".join(SUFFIXES)
            raise DataError(f"{folder / name} has no pictures ({kinds})")
        found += [(path, label) for path in paths]
    return found


def _split(files: list[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """A fifth of each class, at least one, is drawn to test on."""
    generator = torch.Generator().manual_seed(0)
    train: list[Labelled] = []
    test: list[Labelled] = []
    for label in range(files[-1][1] + 1):
        own = [one for one in files if one[1] == label]
        if len(own) == 1:
            raise DataError(
                f"{own[0][0].parent} holds one picture: at least two are"
                " needed, one to train and one to test on"
            )
        many = max(1, round(len(own) / 5))
        order = torch.randperm(len(own), generator=generator).tolist()
        drawn = set(order[:many])
        for place, one in enumerate(own):
            (test if place in drawn else train).append(one)
    return train, test


def _images(
    files: list[Labelled], first: tuple[torch.Size, Path]
) -> Images:
    """The pictures, all of the shape of the first."""
    shape, model = first
    x = torch.empty(len(files), *shape, dtype=torch.uint8)
    for place, (path, _) in enumerate(files):
        picture = read_picture(path)
        if picture.shape != shape:
            raise DataError(
                f"{path} is {_said(picture.shape)}, but {model}"
                f" is {_said(shape)}: all must be alike"
            )
        x[place] = picture
    return Images(x, torch.tensor([label for _, label in files]))


def _said(shape: torch.Size) -> str:
    """The size of a picture in words."""
    c, h, w = shape
    return f"{h} pixels high, {w} wide, {'grey' if c == 1 else 'in colour'}"
