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

from dlbook.datasets.images import DataError

PACKED = {b"\x1f\x8b": gzip.decompress, b"\xfd7zXZ": lzma.decompress}


def unpacked(path: Path) -> bytes:
    """What a file holds, unpacked if it is packed, whatever its name says.

    Raises:
        DataError: if it cannot be read, or is damaged or cut short.
    """
    try:
        raw = path.read_bytes()
        for start, unpack in PACKED.items():
            if raw.startswith(start):
                return unpack(raw)
    except (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error) as fault:
        raise DataError(
            f"{path} is cut short or damaged: {fault}"
        ) from fault
    except OSError as fault:
        raise DataError(f"{path} cannot be read: {fault}") from fault
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
    magic = int.from_bytes(raw[:4], "big")
    found = raw[3] if len(raw) > 3 else 0
    wanted = found if axes is None else axes
    if len(raw) < 4 or not found or magic != 0x800 + wanted:
        met = raw[:4].hex(" ") or "no bytes"
        needed = f"00 00 08 {axes:02x}" if axes else "00 00 08 and the axes"
        raise DataError(
            f"{what} is no IDX file of bytes with these axes: its magic"
            f" number is {met}, expected {needed}"
        )
    start = 4 + 4 * found
    if len(raw) < start:
        raise DataError(f"{what} ends within its header: {len(raw)} bytes")
    shape = struct.unpack(f">{found}I", raw[4:start])
    if len(raw) != start + math.prod(shape):
        raise DataError(
            f"{what} holds {len(raw)} bytes, but its header promises"
            f" {start + math.prod(shape)}: {start} and {shape}"
        )
    values = np.frombuffer(bytearray(raw), np.uint8)[start:]
    return torch.from_numpy(values.reshape(shape))
# --8<-- [end:parse_idx]


def as_idx(x: UInt8[Tensor, "..."]) -> bytes:
    """The IDX file of a tensor of bytes: what `parse_idx` reads."""
    sizes = struct.pack(f">{x.ndim}I", *x.shape)
    return bytes([0, 0, 8, x.ndim]) + sizes + x.cpu().numpy().tobytes()
