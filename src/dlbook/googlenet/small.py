"""A small GoogLeNet for pictures of clothes or digits, and a plain rival.

    image -> 3x3, stride 2 -> block -> pool -> block -> mean -> scores

A block is an Inception block, or one or two 3x3 convolutions in its place.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook._checking import checked_sizes, checked_whole, refuse_unless_whole
from dlbook.googlenet.inception import (
    Inception,
    Plan,
    draw_all,
    refuse_no_makers,
    refuse_other_channels,
)
from dlbook.googlenet.network import GlobalAvgPool2d

SMALL = (Plan(4, 4, 8, 2, 4, 4), Plan(8, 8, 16, 4, 8, 8))


# --8<-- [start:small]
class SmallGoogLeNet(nn.Module):
    """A stem, two Inception blocks, a mean, one dense layer.

    Args:
        plans: the blocks; between every two a pooling halves the maps.
        stem: channels of the first convolution.
        conv: makes a convolution from c_in, c_out, kernel and `padding=`.
        pool: makes a pooling from the kernel; inside a block with `stride=`
            and `padding=` too.
        linear: makes a dense layer from d_in and d_out.
        activation: makes a layer that follows each convolution.
        c_in: channels of an image.
        classes: how many scores.
        generator: where the starting weights come from, for any layers.

    >>> SmallGoogLeNet()(torch.zeros(5, 1, 28, 28)).shape
    torch.Size([5, 10])

    Raises:
        ValueError: for numbers, makers or images that do not fit.
    """

    def __init__(
        self, plans: Iterable[Sequence[int]] = SMALL,
        *, stem: int = 8,
        conv: Callable[..., nn.Module] = nn.Conv2d,
        pool: Callable[..., nn.Module] = nn.MaxPool2d,
        linear: Callable[[int, int], nn.Module] = nn.Linear,
        activation: Callable[[], nn.Module] = nn.ReLU,
        c_in: int = 1, classes: int = 10,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_unless_whole(1, stem=stem, c_in=c_in, classes=classes)
        refuse_no_makers(linear=linear)
        how: dict[str, Any] = {
            "conv": conv, "pool": pool, "activation": activation,
        }
        channels, blocks = stem, []
        for plan in plans:
            blocks.append(Inception(channels, plan, **how))
            channels = Plan(*plan).gives(channels)
        self.c_in = c_in
        self.features = _features(c_in, stem, blocks, **how)
        self.classifier = _classifier(channels, classes, linear)
        draw_all(self, generator)

    def forward(self, x: Float[Tensor, "n c h w"]) -> Float[Tensor, "n k"]:
        refuse_other_channels(x, self.c_in)
        return self.classifier(self.features(x))
# --8<-- [end:small]


# --8<-- [start:plain]
class PlainNet(nn.Module):
    """The same net with 3x3 convolutions in place of each Inception block.

    Args:
        channels: how many each block makes.
        depth: how many convolutions, one behind the other, a block has.
        stem: channels of the first convolution.
        conv: makes a convolution from c_in, c_out, kernel and `padding=`.
        pool: makes a pooling from the kernel.
        linear: makes a dense layer from d_in and d_out.
        activation: makes a layer that follows each convolution.
        c_in: channels of an image.
        classes: how many scores.
        generator: where the starting weights come from, for any layers.

    Raises:
        ValueError: for numbers, makers or images that do not fit.
    """

    def __init__(
        self, channels: Iterable[int],
        *, depth: int = 1, stem: int = 8,
        conv: Callable[..., nn.Module] = nn.Conv2d,
        pool: Callable[..., nn.Module] = nn.MaxPool2d,
        linear: Callable[[int, int], nn.Module] = nn.Linear,
        activation: Callable[[], nn.Module] = nn.ReLU,
        c_in: int = 1, classes: int = 10,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_unless_whole(
            1, depth=depth, stem=stem, c_in=c_in, classes=classes
        )
        refuse_no_makers(conv=conv, linear=linear, activation=activation)
        c, blocks = stem, []
        for c_out in checked_sizes("channels", channels):
            layers: list[nn.Module] = []
            for _ in range(depth):
                layers += [conv(c, c_out, 3, padding=1), activation()]
                c = c_out
            blocks.append(nn.Sequential(*layers))
        self.c_in = c_in
        self.features = _features(c_in, stem, blocks, conv, pool, activation)
        self.classifier = _classifier(c, classes, linear)
        draw_all(self, generator)

    def forward(self, x: Float[Tensor, "n c h w"]) -> Float[Tensor, "n k"]:
        refuse_other_channels(x, self.c_in)
        return self.classifier(self.features(x))
# --8<-- [end:plain]


# --8<-- [start:plain_width]
def plain_width(work: int, c_in: int, *, depth: int = 1) -> int:
    """How many channels `depth` 3x3 convolutions may have for so much work.

    The first reads `c_in` channels, the others as many as they make; so
    9 (c_in c + (depth - 1) c²) comes as near to `work` as it can.

    >>> plain_width(600, 8), plain_width(600, 8, depth=2)
    (8, 5)

    Args:
        work: multiply-adds at one place of the map.
        c_in: channels that the first convolution reads.
        depth: how many convolutions there are.

    Raises:
        ValueError: for numbers without sense.
    """
    refuse_unless_whole(1, work=work, c_in=c_in, depth=depth)

    def misses(c: int) -> int:
        return abs(9 * (c_in * c + (depth - 1) * c * c) - work)

    c = 1
    while misses(c + 1) < misses(c):
        c += 1
    return c
# --8<-- [end:plain_width]


def _features(c_in, stem, blocks, conv, pool, activation) -> nn.Sequential:
    refuse_no_makers(conv=conv, pool=pool, activation=activation)
    checked_whole("the number of blocks", len(blocks), 1)
    parts: OrderedDict[str, nn.Module] = OrderedDict(
        c1=conv(c_in, stem, 3, stride=2, padding=1), a1=activation(),
    )
    for number, block in enumerate(blocks, 1):
        if number > 1:
            parts[f"p{number}"] = pool(2)
        parts[f"block{number}"] = block
    return nn.Sequential(parts)


def _classifier(channels, classes, linear) -> nn.Sequential:
    parts = {"mean": GlobalAvgPool2d(), "output": linear(channels, classes)}
    return nn.Sequential(OrderedDict(parts))
