import io

import torch

from dlbook.data import photo


def kilobytes(x):
    """How large a file of x is."""
    file = io.BytesIO()
    torch.save(x, file)
    return file.tell() / 1000


picture = photo("flower")
row = picture[0, :1]  # 640 numbers
print(f"all: {kilobytes(picture):,.0f} kB, one row: {kilobytes(row):,.0f} kB,"
      f" its clone: {kilobytes(row.clone()):.0f} kB")
