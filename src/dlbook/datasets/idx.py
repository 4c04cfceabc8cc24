"""The format of MNIST's files: a magic number, the sizes, then the bytes.

LeCun, Cortes and Burges, "The MNIST database of handwritten digits", tell it
at the end of their page.
"""

import math
import struct

import numpy as np
import torch
from jaxtyping import UInt8
from torch import Tensor

from dlbook.datasets.images import DataError


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
