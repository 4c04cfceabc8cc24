"""A part of Fashion-MNIST that comes with the package.

Of each class 500 pictures to train on and 100 to test on, drawn from the
official parts by `draw`.
"""

from importlib.resources import as_file, files

import torch
from jaxtyping import Int64
from torch import Tensor

from dlbook.datasets._files import FILES, images_of, read_file
from dlbook.datasets._making import made
from dlbook.datasets.idx import as_idx
from dlbook.datasets.images import DataSet, Images
from dlbook.datasets.official import CLOTHES

SEED = 2017  # the year of Fashion-MNIST
EACH = 500, 100  # of each class: to train on, to test on


def _chosen(
    y: Int64[Tensor, " n"], each: int, generator: torch.Generator
) -> Int64[Tensor, " m"]:
    """Which pictures to keep: `each` of every class, in their order."""
    order = torch.randperm(len(y), generator=generator)
    labels = range(int(y.max()) + 1)
    kept = [order[y[order] == label][:each] for label in labels]
    return torch.cat(kept).sort().values


def draw(full: DataSet) -> tuple[Images, Images]:
    """The pictures to train and to test on, of the full Fashion-MNIST."""
    generator = torch.Generator().manual_seed(SEED)
    parts = []
    for (x, y), each in zip((full.train, full.test), EACH, strict=True):
        kept = _chosen(y, each, generator)
        parts.append(Images(x[kept], y[kept]))
    return parts[0], parts[1]


def contents(train: Images, test: Images) -> dict[str, bytes]:
    """The IDX files of these pictures, by their names."""
    tensors = (train.x[:, 0], train.y, test.x[:, 0], test.y)
    return {
        file: as_idx(tensor.to(torch.uint8))
        for file, tensor in zip(FILES, tensors, strict=True)
    }


def read_small() -> DataSet:
    """The part that comes with the package."""
    with as_file(files("dlbook.datasets") / "fashion_small") as folder:
        raw = {file: read_file(folder / f"{file}.xz") for file in FILES}
    return made("fashion-small", *images_of(raw, "fashion-small"), CLOTHES)
