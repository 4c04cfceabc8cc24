"""The format of MNIST's files: a magic number, the sizes, then the bytes.

LeCun, Cortes and Burges, "The MNIST database of handwritten digits", tell it
at the end of their page.
"""

import gzip
import lzma
import math
import struct
import zlib
from pathlib import Path

import numpy as np
import torch
from jaxtyping import UInt8
from torch import Tensor

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


# --8<-- [start:parse_idx]
def parse_idx(
    raw: bytes, *, axes: int | None = None, what: str = "the file"
) -> UInt8[Tensor, "..."]:
    """The bytes of an IDX file as a tensor.

    The first four bytes are the magic number: 0, 0, 8 for unsigned bytes,
    and how many axes there are. Then comes the size of each axis, in four
    bytes with the highest first, then the values, last axis fastest.

    Args:
        raw: all of the file, unpacked.
        axes: how many axes it must have: 3 for images, 1 for labels.
        what: is named in errors.

    Raises:
        DataError: for another magic number, or more or fewer bytes than the
            sizes say.
    """
    zero, kind, found = raw[:2], raw[2:3], raw[3] if len(raw) > 3 else 0
    right = zero == b"\0\0" and kind == b"\x08" and found > 0
    if not right or found != (axes or found):
        needed = f"00 00 08 0{axes}" if axes else "00 00 08 and the axes"
        raise DataError(
            f"{what} has the wrong magic number: got"
            f" {raw[:4].hex(' ') or 'no bytes'}, expected {needed}"
        )
    start = 4 + 4 * found
    shape = struct.unpack(f">{found}I", raw[4:start].ljust(start - 4, b"\0"))
    size = start + math.prod(shape)
    if len(raw) != size:
        raise DataError(
            f"{what} has the wrong size: {len(raw)} bytes, expected {size},"
            f" for its header of {start} says {shape}"
        )
    values = np.frombuffer(bytearray(raw), np.uint8)[start:]
    return torch.from_numpy(values.reshape(shape))
# --8<-- [end:parse_idx]


def as_idx(x: UInt8[Tensor, "..."]) -> bytes:
    """The IDX file of a tensor of bytes: what `parse_idx` reads."""
    sizes = struct.pack(f">{x.ndim}I", *x.shape)
    return bytes([0, 0, 8, x.ndim]) + sizes + x.cpu().numpy().tobytes()


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
