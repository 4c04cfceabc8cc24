"""Checks of the exercises of the chapter Pooling."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d, max_pool2d, max_unpool2d

from dlbook.exercises._forms import Findings, close, equals, hand

check_sizes = hand(
    ("28 pixels by MaxPool2d(2)", 14, {27: "The stride is the kernel."}),
    ("13 by MaxPool2d(3, stride=2)", 6, {
        5: "The start at 0 counts, too.", 4: "The stride is 2, not 3.",
    }),
    ("112 by kernel 3 and stride 2, rounding down", 55, {
        56: "That is rounding up.", 54: "The start at 0 counts, too.",
    }),
    ("the same, rounding up", 56, {55: "That is rounding down."}),
    ("9 by kernel 2 and padding 1, rounding down", 5, {
        4: "The padding is missing.",
    }),
    ("the same, rounding up", 5, {
        6: "The sixth window would start behind the image: it is dropped.",
    }),
)


def check_min(min_pool2d: Callable[[Tensor, int], Tensor]) -> Findings:
    """Min pooling from max pooling."""
    x = torch.randn(2, 3, 6, 6, generator=torch.Generator().manual_seed(0))
    for kernel in 2, 3:
        right = -max_pool2d(-x, kernel)
        yield close(
            f"each {kernel}×{kernel} window becomes its smallest number",
            min_pool2d(x, kernel), right,
            {
                "it is the largest": max_pool2d(x, kernel),
                "the sign is not turned back": -right,
                "the largest gets another sign": -max_pool2d(x, kernel),
                "the kernel is always 2": -max_pool2d(-x, 2),
            },
        )


def check_power(
    power_pool2d: Callable[[Tensor, int, float], Tensor],
) -> Findings:
    """The root of the mean of powers."""
    x = torch.tensor([[1.0, 3], [5, 7]])[None, None]
    for p, right in (1, 4.0), (2, 4.5826), (4, 5.2796):
        sums = (x**p).sum().item()
        yield close(
            f"p = {p}: the {p}-th root of the mean of the {p}-th powers",
            power_pool2d(x, 2, p), [[[[right]]]],
            {
                "the sum is taken, and not the mean": [[[[sums ** (1 / p)]]]],
                "the root is missing": [[[[sums / 4]]]],
                "the root is taken before the mean": [[[[4.0]]]],
            },
            tol=1e-3,
        )
    yield close(
        "for a large p the largest number is left",
        power_pool2d(x.double(), 2, 200), [[[[7.0]]]], tol=1e-2,
    )
    y = torch.rand(2, 3, 4, 6, generator=torch.Generator().manual_seed(0)) + 1
    yield close(
        "windows and channels stay apart: p = 1 is average pooling",
        power_pool2d(y, 2, 1), avg_pool2d(y, 2),
    )


def check_lenet(layer: Any) -> Findings:
    """The layer S2 of LeNet-5."""
    made = layer(6)
    x = torch.randn(2, 6, 8, 8, generator=torch.Generator().manual_seed(0))
    many = sum(p.numel() for p in made.parameters())
    yield equals(
        "it has a gain and a bias for each of 6 maps, 12 parameters",
        many, 12, {
            "there is one gain and one bias for all maps": 2,
            "gain or bias is no nn.Parameter": 6,
            "neither gain nor bias is an nn.Parameter": 0,
            "it has a kernel for each pair of maps": 150,
            "each of the four pixels has a weight": 30,
        },
    )
    gain, bias = (-1.0, 2.0) if _begins_with_bias(made) else (2.0, -1.0)
    with torch.no_grad():
        for p, value in zip(made.parameters(), (2.0, -1.0), strict=False):
            p.fill_(value)
    inside = gain * 4 * avg_pool2d(x, 2) + bias
    yield close(
        "the sum of four pixels, times the gain, plus the bias, by a sigmoid",
        made(x), inside.sigmoid(),
        {
            "the mean is taken, and not the sum": (
                (gain * avg_pool2d(x, 2) + bias).sigmoid()
            ),
            "the sigmoid is missing": inside,
            "the largest is taken, and not the sum": (
                (gain * max_pool2d(x, 2) + bias).sigmoid()
            ),
            "it is a tanh, and no sigmoid": inside.tanh(),
        },
    )
    with torch.no_grad():
        for p in made.parameters():
            p.zero_()
            p.view(-1)[0] = 1.0
    got = made(x)
    yield close(
        "each map has its own gain: those of the others are 0",
        got[:, 1:], torch.full((2, 5, 4, 4), 0.5),
    )


@torch.no_grad()
def _begins_with_bias(layer: Any) -> bool:
    """Whether the first parameter counts where all pixels are 0."""
    found = []
    for value in 0.0, 1.0:
        for number, p in enumerate(layer.parameters()):
            p.fill_(value * (number == 0))
        found.append(layer(torch.zeros(1, 6, 2, 2)).flatten()[0])
    return bool(found[0] != found[1])


def check_unpool(
    unpool: Callable[[Tensor, Tensor, int], Tensor],
) -> Findings:
    """Maxima put back to their places."""
    x = torch.randn(2, 3, 6, 6, generator=torch.Generator().manual_seed(0))
    for kernel in 2, 3:
        y, index = max_pool2d(x, kernel, return_indices=True)
        yield close(
            f"kernel {kernel}: each maximum is back, zeros are elsewhere",
            unpool(y, x, kernel), max_unpool2d(y, index, [kernel, kernel]),
            {
                "1 stands there, and not the maximum": (
                    max_unpool2d(torch.ones_like(y), index, [kernel, kernel])
                ),
                "each window is filled with its maximum": (
                    y.repeat_interleave(kernel, 2).repeat_interleave(kernel, 3)
                ),
                "the whole image is given back": x,
            },
        )
    other = torch.arange(4.0).reshape(1, 1, 2, 2)
    small = x[:1, :1, :4, :4]
    _, index = max_pool2d(small, 2, return_indices=True)
    yield close(
        "other numbers than the maxima go to the same places",
        unpool(other, small, 2), max_unpool2d(other, index, [2, 2]),
        {"it does not look at what it is given": (
            max_unpool2d(max_pool2d(small, 2), index, [2, 2]))},
    )


def check_adaptive(
    windows: Callable[[int, int], list[tuple[int, int]]],
) -> Findings:
    """The windows of adaptive pooling."""
    for n, size in (13, 6), (12, 6), (4, 6), (9, 1):
        right = _spans(n, size)
        got = windows(n, size)
        pairs = got and [(_edge(w, 0), _edge(w, 1)) for w in got]
        step = n // size
        yield equals(
            f"{size} windows on {n} pixels: rounded down where they begin,"
            " up where they end", pairs, right,
            {
                "the ends are rounded down": [
                    (a, (i + 1) * n // size) for i, (a, _) in enumerate(right)
                ],
                "all windows are equally wide": [
                    (i * step, (i + 1) * step) for i in range(size)
                ],
                "the last pixel is given, and not where a slice ends": [
                    (a, b - 1) for a, b in right
                ],
            },
        )


def _spans(n: int, size: int) -> list[tuple[int, int]]:
    return [(i * n // size, -(-(i + 1) * n // size)) for i in range(size)]


def _edge(window: Any, side: int) -> int:
    if isinstance(window, slice):
        return int((window.start, window.stop)[side])
    return int(window[side])


