"""Checks of the exercises of the chapter Tensor shapes."""

from collections.abc import Callable

import torch
from torch import Tensor

from dlbook.exercises._forms import Findings, close, hand

check_sizes = hand(
    ("(5, 1, 4) and (3, 1)", (5, 3, 4), {
        None: "1 meets 3, and 4 meets 1.",
        (5, 1, 4): "A 1 is stretched to 3.",
    }),
    ("(3,) and (3, 1)", (3, 3), {
        (3, 1): "Flush right: 3 meets 1.", (3,): "Flush right: 3 meets 1.",
    }),
    ("(8, 1, 6, 1) and (7, 1, 5)", (8, 7, 6, 5), {
        None: "Each pair holds a 1, or one of them is missing.",
    }),
    ("(64, 10) and (64,), None if refused", None, {
        (64, 10): "Flush right: 10 meets 64.",
    }),
    ("(64, 1) and (64,)", (64, 64), {
        (64, 1): "Flush right: 1 meets 64.", (64,): "Both have a row of 64.",
    }),
    ("(2, 0) and (1,)", (2, 0), {
        (2, 1): "1 is stretched to 0.", None: "1 meets 0 and fits.",
    }),
)
check_strides = hand(
    ("strides of the new tensor", (60, 20, 5, 1), {
        (2, 3, 4, 5): "Those are the sizes.",
        (1, 2, 6, 24): "The last axis lies close together.",
    }),
    ("its start", 0),
    ("strides of permute(0, 2, 3, 1)", (60, 5, 1, 20), {
        (60, 15, 3, 1): "permute moves no numbers: it reorders the strides.",
    }),
    ("its start", 0),
    ("strides of [:, 1:, ::2]", (60, 20, 10, 1), {
        (60, 20, 5, 1): "A step of 2 doubles a stride.",
        (20, 10, 5, 1): "The strides are those of the old tensor.",
    }),
    ("its start", 20, {
        1: "A step on the second axis is as long as its stride.",
        0: "It begins at 1 on the second axis.",
    }),
)


def check_puzzle(
    together: Callable[[Tensor, int], Tensor],
    cut: Callable[[Tensor, int], Tensor],
) -> Findings:
    """A photo cut into patches, and put together again."""
    x = torch.randn(3, 6, 8, generator=torch.Generator().manual_seed(0))
    rows = x.unflatten(1, (3, 2)).unflatten(3, (4, 2))  # c r h s w
    patches = rows.permute(1, 3, 0, 2, 4).flatten(0, 1)
    yield close(
        "cut: 12 patches of 3 channels, row by row, 2 by 2",
        cut(x, 2), patches,
        {
            "patches are counted column by column": (
                rows.permute(3, 1, 0, 2, 4).flatten(0, 1)
            ),
            "the numbers are broken into new lines, and not moved": (
                x.reshape(12, 3, 2, 2)
            ),
            "rows and columns of each patch are exchanged": patches.mT,
        },
    )
    yield close(
        "together: 3 rows of patches make the photo again",
        together(patches, 3), x,
        {
            "the numbers are broken into new lines, and not moved": (
                patches.reshape(3, 6, 8)
            ),
            "patches are read column by column": (
                patches.unflatten(0, (4, 3)).permute(2, 1, 3, 0, 4)
                .reshape(3, 6, 8)
            ),
        },
    )
    y = torch.arange(8.0 * 12).reshape(1, 8, 12)
    yield close(
        "there and back, for other sizes too", together(cut(y, 4), 2), y,
    )
