"""Checks of the exercises of the chapter Convolution."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import conv2d

from dlbook.exercises._forms import Findings, Property, close, hand

check_sizes = hand(
    ("28 pixels, kernel 5, padding 2", 28, {
        24: "The padding is missing.", 26: "Padding stands on both sides.",
        27: "Count the starts: one more than the last of them.",
    }),
    ("227, kernel 11, stride 4", 55, {
        54: "The start at 0 counts, too.",
        217: "The stride leaves out starts.",
    }),
    ("32, kernel 3, dilation 4", 24, {
        30: "Dilation makes the kernel wide: 1 + 4 · 2.",
        20: "A kernel of 3 has two gaps, not three.",
    }),
    ("10, kernel 4, stride 3", 3, {2: "The start at 0 counts, too."}),
    ("11, kernel 4, stride 3", 3, {
        4: "A window that does not fit is left out: round down.",
        2: "The start at 0 counts, too.",
    }),
)
MAPS = {  # equivariant? linear?
    "reverse": (False, True), "mean": (True, True), "double": (False, True),
    "relu": (True, False), "sort": (False, False),
}


def check_equivariant(equivariant: Any, convolutions: Any) -> Findings:
    """Which maps of a ring are equivariant, and which convolutions."""
    for name, (passes, linear) in MAPS.items():
        yield Property(
            f"{name}: moved first or moved last, the same or not",
            (name in equivariant) == passes,
            "Try it on a ring of three numbers, moved by one.",
        )
        yield Property(
            f"{name}: a convolution or not",
            (name in convolutions) == (passes and linear),
            "It is one if it is equivariant, and linear as well.",
        )
    unknown = {*equivariant, *convolutions} - set(MAPS)
    yield Property(
        f"all names are of these: {', '.join(MAPS)}", not unknown,
        f"Met {', '.join(sorted(map(str, unknown)))}.",
    )


def check_border(blur: Callable[[Tensor], Tensor]) -> Findings:
    """A blur that leaves the rim of a white image white."""
    kernel = torch.ones(1, 1, 3, 3) / 9
    white = torch.ones(1, 1, 4, 5)
    got = blur(white)
    yield close(
        "an all-white image stays white, at the rim too, and as large",
        got, white,
        {
            "zeros are averaged in at the rim": conv2d(
                white, kernel, padding=1),
            "the kernel is not divided by 9": 9 * white,
            "there is no padding": conv2d(white, kernel),
            "it is padded with 1s where the image has others": -white,
        },
    )
    x = torch.randn(1, 1, 6, 7, generator=torch.Generator().manual_seed(0))
    inside = conv2d(x, kernel)
    found = blur(x)
    yield close(
        "inside, a pixel becomes the mean of the nine around it",
        None if found is None else found[..., 1:-1, 1:-1], inside,
        {
            "the image is not blurred at all": x[..., 1:-1, 1:-1],
            "the sum is taken, and not the mean": 9 * inside,
        },
    )
    grey = torch.full((1, 1, 4, 4), 0.25)
    yield close(
        "a grey image stays grey: what pads it comes from the image",
        blur(grey), grey,
        {
            "it is padded with white, whatever the image": (
                conv2d(torch.nn.functional.pad(grey, [1] * 4, value=1.0),
                       kernel)
            ),
            "zeros are averaged in at the rim": (
                conv2d(grey, kernel, padding=1)
            ),
        },
    )


SOBEL = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def check_separable(column: Any, row: Any) -> Findings:
    """The Sobel kernel as a column times a row."""
    parts = [torch.as_tensor(each).float().flatten() for each in (column, row)]
    yield Property(
        "both hold three numbers", all(part.numel() == 3 for part in parts),
        f"Met {[part.numel() for part in parts]}.",
    )
    product = torch.outer(*parts)
    yield close(
        "column times row is the Sobel kernel", product, SOBEL,
        {
            "the two are exchanged": SOBEL.T, "the sign is wrong": -SOBEL,
            "the column smoothes evenly, as Prewitt's": (
                SOBEL / torch.tensor([[1.0], [2], [1]])
            ),
        },
    )
    x = torch.randn(1, 1, 6, 6, generator=torch.Generator().manual_seed(0))
    across = conv2d(x, parts[1][None, None, None])
    yield close(
        "the row, then the column, does to an image what the kernel does",
        conv2d(across, parts[0][None, None, :, None]),
        conv2d(x, SOBEL[None, None]),
    )


check_wide = hand(
    ("plain layers that see 101 pixels", 50, {
        101: "Each layer adds 2 pixels.", 51: "The first sees 3, not 2.",
        34: "Each layer adds 2 pixels: the windows overlap.",
        49: "One pixel is there before the first layer; each adds 2.",
    }),
    ("layers with dilations 1, 2, 4, …", 6, {
        7: "Fewer see 101 already.", 5: "Those see 63.",
        50: "The field more than doubles from layer to layer.",
    }),
)
