"""The twin under a name, so that the harness can train it."""

import torch
from torch import nn

from dlbook.alexnet.small import SIDE, SmallAlexNet
from dlbook.training.registry import Shape, register


# --8<-- [start:registered]
@register("alexnet-small")
def alexnet_small(
    shape: Shape, classes: int, generator: torch.Generator
) -> nn.Module:
    """A twin of AlexNet for 28 by 28 or 32 by 32 pixels."""
    c, rows, columns = shape
    if rows != columns or rows not in (28, 32):
        raise ValueError(
            "the small AlexNet reads pictures of 28 by 28 or 32 by 32"
            f" pixels, got {rows} by {columns}"
        )
    frame = (SIDE - rows) // 2
    return SmallAlexNet(
        c_in=c, classes=classes, frame=frame, generator=generator
    )
# --8<-- [end:registered]
