"""Checks of the exercises of the chapter Local response normalisation."""

from collections.abc import Callable

import torch
from torch import Tensor

from dlbook.exercises._forms import Findings, close, hand

check_hand = hand(
    ("b of channel 1", 0.125, {
        1 / 16: "The power is 3/4.", 1 / 14**0.75: "k is missing.",
        0.25: "That is √16: the power is 3/4.",
        1 / (2 + 14 / 3) ** 0.75: "That divides by n, as PyTorch does.",
        0.119: "Channels are counted from 0.",
    }),
    ("the channel that is largest after", 0, {
        3: "The 6 damps itself as well.", 1: "Count from 0.",
    }),
)
check_translate = hand(
    ("α in the paper's convention", 1e-4 / 9, {
        1e-4: "PyTorch divides the sum by n = 9, the paper does not.",
        9e-4: "The paper's sum is not divided, so its α is smaller.",
    }),
)


def check_band(
    sum_of_squares: Callable[[Tensor, int], Tensor],
) -> Findings:
    """The sum of squares over neighbouring channels."""
    x = torch.randn(2, 8, 3, 4, generator=torch.Generator().manual_seed(0))
    for n in 3, 5:
        yield close(
            f"n = {n}: each channel gets its square and those of its"
            f" neighbours, {n // 2} to each side",
            sum_of_squares(x, n), _sums(x.square(), n // 2),
            {
                "it sums what it is given, and not its squares": (
                    _sums(x, n // 2)
                ),
                "the mean is taken, and not the sum": (
                    _sums(x.square(), n // 2) / n
                ),
                "the window reaches n to each side": _sums(x.square(), n),
                "the window runs over rows or columns": (
                    _sums(x.square().transpose(1, 2), n // 2).transpose(1, 2)
                ),
                "the channels are a ring": sum(
                    x.square().roll(k, 1) for k in range(-(n // 2), n // 2 + 1)
                ),
                "the channel itself is left out": (
                    _sums(x.square(), n // 2) - x.square()
                ),
            },
        )


def _sums(x: Tensor, reach: int) -> Tensor:
    c = torch.arange(x.shape[1])
    band = ((c[:, None] - c).abs() <= reach).to(x)
    return torch.einsum("oc,nchw->nohw", band, x)
