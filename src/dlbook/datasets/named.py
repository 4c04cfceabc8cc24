"""Data sets by their names."""

from pathlib import Path

import torch

from dlbook.datasets._making import made
from dlbook.datasets.images import DataError, DataSet, Images, hold_out
from dlbook.datasets.official import OFFICIAL, read_official, read_own
from dlbook.datasets.pictures import read_pictures
from dlbook.datasets.small import read_small


def names() -> tuple[str, ...]:
    """The names that `load` knows; it takes the path of a folder too.

    >>> names()
    ('digits', 'fashion-small', 'fashion-mnist', 'mnist')
    """
    return "digits", "fashion-small", *OFFICIAL


def load(
    name: str | Path, *, root: str | Path | None = None, download: bool = True
) -> DataSet:
    """A data set that a classifier can be trained on.

    - "digits": scikit-learn's 1,797 handwritten digits of 8 by 8 pixels,
      float32, of which 360 are drawn to test on.
    - "fashion-small": 5,000 pictures of clothes to train on and 1,000 to test
      on, 28 by 28 bytes each. Comes with the package.
    - "fashion-mnist", "mnist": all 60,000 and 10,000, from the official
      files. These are looked for in `root`, in the folder that the
      environment variable `DLBOOK_DATA` names, each with a subfolder of the
      set's name or without, in `/usr/share/datasets` and in the cache of
      pooch, and else downloaded.
    - the path of a folder with pictures in CLASS/, or in train/CLASS/ and
      test/CLASS/ (see `read_pictures`), or with four IDX files of your own
      under the names of the official ones.

    Args:
        name: one of these.
        root: a folder to look in first, and to download into.
        download: whether what is nowhere found may be fetched.

    >>> data = load("fashion-small")
    >>> data.train.x.shape, data.classes[data.train.y[0]]
    (torch.Size([5000, 1, 28, 28]), 'Sandal')

    Raises:
        DataError: a ValueError; for an unknown name, for files that are
            nowhere, or are not what they should be.
    """
    if name == "digits":
        return _digits()
    if name == "fashion-small":
        return read_small()
    if isinstance(name, str) and name in OFFICIAL:
        return read_official(name, root=root, download=download)
    return _folder(str(name))


def _digits() -> DataSet:
    """The digits of scikit-learn, a fifth of them to test on."""
    from dlbook.data import digits

    generator = torch.Generator().manual_seed(0)
    train, test = hold_out(Images(*digits()), 360, generator=generator)
    return made("digits", train, test, tuple("0123456789"))


def _folder(name: str) -> DataSet:
    """The data set in a folder: pictures by class, or IDX files."""
    folder = Path(name).expanduser()
    if not name or not folder.is_dir():
        raise DataError(
            f"there are the data sets {', '.join(names())}, and {name!r} is"
            " no folder of pictures"
        )
    if any(folder.glob("*-idx?-ubyte*")):
        return read_own(folder)
    return read_pictures(folder)
