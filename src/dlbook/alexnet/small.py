"""A twin of AlexNet for pictures of 32 by 32, which a CPU can train.

    layer  as in AlexNet                     and here
    c1     11 x 11, stride 4, 227 -> 55      5 x 5, stride 1, 32 -> 32
    pools  55 -> 27 -> 13 -> 6               32 -> 15 -> 7 -> 3
    maps   96 256 384 384 256                32 64 96 96 64
    dense  4096 4096                         256 256

Order and kinds of the layers are the same; one tower, since nothing here
is too large for one machine.
"""

from collections.abc import Iterable

import torch

from dlbook._checking import checked_whole
from dlbook.alexnet.network import AlexNet, Maker, paper_lrn

SIDE = 32


# --8<-- [start:small]
class SmallAlexNet(AlexNet):
    """A twin with about a 130th of the parameters, for 32 by 32 pixels.

    All other arguments of `AlexNet` may be given too.

    Args:
        channels: how many maps c1 to c5 make.
        units: of f6 and f7.
        frame: zeros that c1 sees on each side of an image besides its own
            padding of 2; an image is 32 - 2 * frame wide.
        norm: from the number of maps, what follows a1 and a2.
        c_in: channels of an image.
        classes: how many scores.
        generator: where the starting weights come from.

    >>> SmallAlexNet(frame=2, c_in=1)(torch.zeros(5, 1, 28, 28)).shape
    torch.Size([5, 10])

    Raises:
        ValueError: for numbers, makers or images that do not fit.
    """

    def __init__(
        self, *, channels: Iterable[int] = (32, 64, 96, 96, 64),
        units: Iterable[int] = (256, 256), frame: int = 0,
        norm: Maker = paper_lrn, c_in: int = 3, classes: int = 10,
        generator: torch.Generator | None = None, **how,
    ) -> None:
        side = SIDE - 2 * checked_whole("frame", frame, 0, SIDE // 2 - 1)
        super().__init__(
            channels=channels, units=units, first=(5, 1, 2 + frame),
            side=side, norm=norm, c_in=c_in, classes=classes,
            generator=generator, **how,
        )
# --8<-- [end:small]
