"""The four files of a data set as MNIST has them."""

import gzip
import lzma
import zlib
from pathlib import Path

from torch import Tensor

from dlbook.datasets.idx import parse_idx
from dlbook.datasets.images import DataError, Images

FILES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
PACKED = {b"\x1f\x8b": gzip.decompress, b"\xfd7zXZ": lzma.decompress}


def read_file(path: Path) -> bytes:
    """What a file holds, unpacked if it is packed.

    Raises:
        DataError: if it cannot be read, or is damaged or cut short.
    """
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise DataError(f"{path} cannot be read: {fault}") from fault
    return unpacked(raw, str(path))


def unpacked(raw: bytes, what: str = "the file") -> bytes:
    """What .gz or .xz hold; other bytes as they are.

    The first bytes tell, and not the name: browsers unpack what they load
    and leave it its name.

    Raises:
        DataError: if it is damaged or cut short.
    """
    try:
        for start, unpack in PACKED.items():
            if raw.startswith(start):
                return unpack(raw)
    except (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error) as fault:
        raise DataError(
            f"{what} is cut short or damaged: {fault}"
        ) from fault
    return raw


def checked_tensor(file: str, raw: bytes, what: str) -> Tensor:
    """What one of `FILES` holds, with the axes that its name promises."""
    return parse_idx(raw, axes=3 if "idx3" in file else 1, what=what)


def images_of(raw: dict[str, bytes], name: str) -> tuple[Images, Images]:
    """The pictures to train and to test on, of the content of `FILES`."""
    x, y, x_test, y_test = (
        checked_tensor(file, raw[file], f"{name}: {file}") for file in FILES
    )
    train = Images(x[:, None], y.long())
    return train, Images(x_test[:, None], y_test.long())
