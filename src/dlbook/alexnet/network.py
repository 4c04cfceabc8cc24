"""AlexNet: five convolutions and three dense layers, for large pictures.

    image -> c1 -> LRN -> pool -> c2 -> LRN -> pool -> c3 -> c4 -> c5 -> pool
          -> flatten -> f6 -> dropout -> f7 -> dropout -> scores

An activation follows each of c1 to f7. Krizhevsky, Sutskever and Hinton
(2012), section 3.5; the sizes of one tower are those of the author's code
for one GPU (cuda-convnet2, layers-imagenet-1gpu.cfg).
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook._checking import (
    Number,
    checked_number,
    checked_sizes,
    checked_whole,
    refuse_unless_whole,
)
from dlbook.convolution import sizes
from dlbook.lenet.network import refuse_other_images
from dlbook.lrn import LocalResponseNorm

Maker = Callable[..., nn.Module]


# --8<-- [start:ceil]
def size_rounded_up(
    size: int, kernel: int, *, stride: int = 1, padding: int = 0
) -> int:
    """How many windows it takes to cover one axis: the author's rule.

    It rounds up where `dlbook.convolution.output_size` rounds down, so the
    last window may hang over the end. Source: cuda-convnet2, `layer.py`.

    >>> [size_rounded_up(n, 11, stride=4) for n in (224, 227, 228)]
    [55, 55, 56]

    Raises:
        ValueError: for numbers without sense, or a kernel too wide.
    """
    down = sizes.output_size(size, kernel, stride=stride, padding=padding)
    left = size + 2 * padding - covered(down, kernel, stride=stride)
    return down + (left > 0)


def covered(windows: int, kernel: int, *, stride: int = 1) -> int:
    """How many pixels so many windows span, from the first to the last.

    >>> covered(55, 11, stride=4)
    227

    Raises:
        ValueError: for numbers below 1.
    """
    refuse_unless_whole(1, windows=windows, kernel=kernel, stride=stride)
    return (windows - 1) * stride + kernel
# --8<-- [end:ceil]


# --8<-- [start:makers]
def overlapping() -> nn.Module:
    """Windows of 3 that move by 2 [section 3.4]."""
    return nn.MaxPool2d(3, stride=2)


def paper_lrn(maps: int) -> nn.Module:
    """LRN with the constants of the paper, for any number of maps."""
    return LocalResponseNorm()
# --8<-- [end:makers]


# --8<-- [start:parts]
def _features(numbers, first, towers, how) -> nn.Sequential:
    """c1 to p5: numbers of maps, c1's kernel, stride and padding."""
    c_in, n1, n2, n3, n4, n5 = numbers
    kernel, stride, padding = first
    conv, act, norm, pool = how["conv"], how["act"], how["norm"], how["pool"]
    apart = {"padding": 1, "groups": towers}
    return nn.Sequential(OrderedDict(
        c1=conv(c_in, n1, kernel, stride=stride, padding=padding),
        a1=act(), n1=norm(n1), p1=pool(),
        c2=conv(n1, n2, 5, padding=2, groups=towers),
        a2=act(), n2=norm(n2), p2=pool(),
        c3=conv(n2, n3, 3, padding=1), a3=act(),
        c4=conv(n3, n4, 3, **apart), a4=act(),
        c5=conv(n4, n5, 3, **apart), a5=act(), p5=pool(),
    ))


def _classifier(numbers, how) -> nn.Sequential:
    """f6, f7 and the scores."""
    flat, h6, h7, classes = numbers
    linear, act, drop = how["linear"], how["act"], how["drop"]
    return nn.Sequential(OrderedDict(
        flatten=nn.Flatten(),
        f6=linear(flat, h6), a6=act(), d6=drop(),
        f7=linear(h6, h7), a7=act(), d7=drop(),
        output=linear(h7, classes),
    ))
# --8<-- [end:parts]


# --8<-- [start:alexnet]
class AlexNet(nn.Module):
    """Five convolutions find features, three dense layers decide.

    By default the author's net for one GPU, which torchvision has too.

    Args:
        channels: how many maps c1 to c5 make.
        units: of f6 and f7.
        towers: into how many groups c2, c4 and c5 split the channels.
        first: kernel, stride and padding of c1.
        side: rows and columns of an image.
        activation: makes a layer that follows c1 to f7.
        norm: from the number of maps, what follows a1 and a2.
        pool: makes a pooling.
        drop: makes what follows a6 and a7.
        conv: makes a convolution, as the class nn.Conv2d does.
        linear: makes a dense layer from d_in and d_out.
        c_in: channels of an image.
        classes: how many scores.
        gain: the weights start with variance gain / what a unit reads.
        generator: where they come from; without one, layers draw their own.

    Raises:
        ValueError: for numbers, makers or images that do not fit.
    """

    def __init__(
        self,
        *, channels: Iterable[int] = (64, 192, 384, 256, 256),
        units: Iterable[int] = (4096, 4096), towers: int = 1,
        first: tuple[int, int, int] = (11, 4, 2), side: int = 224,
        activation: Maker = nn.ReLU, norm: Maker = nn.Identity,
        pool: Maker = overlapping, drop: Maker = nn.Dropout,
        conv: Maker = nn.Conv2d, linear: Maker = nn.Linear,
        c_in: int = 3, classes: int = 1000, gain: Number = 2.0,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        channels = _numbers("channels", channels, 5)
        units = _numbers("units", units, 2)
        self.shape = _checked_shape(c_in, classes, side)
        _refuse_layers(activation=activation, norm=norm, pool=pool, drop=drop)
        checked_number("gain", gain, above=0)
        how = {"conv": conv, "linear": linear, "act": activation,
               "norm": norm, "pool": pool, "drop": drop}
        self.features = _features((c_in, *channels), first, towers, how)
        flat = channels[-1] * _side_behind(side, first, pool) ** 2
        self.classifier = _classifier((flat, *units, classes), how)
        if generator is not None:
            _draw_all(self, gain, generator)

    def forward(self, x: Float[Tensor, "n c h w"]) -> Float[Tensor, "n k"]:
        refuse_other_images(x, self.shape)
        return self.classifier(self.features(x))
# --8<-- [end:alexnet]


# --8<-- [start:alexnet2012]
class AlexNet2012(AlexNet):
    """The net of the paper: two towers, LRN, pictures of 227 by 227.

    All other arguments of `AlexNet` may be given too.

    Args:
        norm: from the number of maps, what follows a1 and a2.
        generator: where the starting weights come from: normal, of standard
            deviation 0.01; the biases of c2, c4, c5, f6 and f7 are 1, the
            others 0 [section 5].
    """

    def __init__(
        self, *, norm: Maker = paper_lrn,
        generator: torch.Generator | None = None, **how,
    ) -> None:
        paper: dict[str, Any] = {
            "channels": (96, 256, 384, 384, 256), "towers": 2,
            "first": (11, 4, 0), "side": 227,
        }
        super().__init__(norm=norm, **paper | how)
        for name, layer in _weighted(self) if generator else ():
            with torch.no_grad():
                layer.weight.normal_(0, 0.01, generator=generator)
                layer.bias.fill_(name in ("c2", "c4", "c5", "f6", "f7"))
# --8<-- [end:alexnet2012]


def _weighted(model: AlexNet) -> list[tuple[str, Any]]:
    """The eight layers with matrices, by their names."""
    parts = model.features, model.classifier
    return [
        (name, layer) for part in parts for name, layer in part.named_children()
        if name[0] in "cfo" and getattr(layer, "weight", None) is not None
    ]


@torch.no_grad()
def _draw_all(
    model: AlexNet, gain: Number, generator: torch.Generator
) -> None:
    """Normal weights of variance gain / what one unit reads; biases 0."""
    for _, layer in _weighted(model):
        reads = layer.weight[0].numel()
        layer.weight.normal_(0, (gain / reads) ** 0.5, generator=generator)
        layer.bias.zero_()


def _side_behind(side: int, first: tuple[int, int, int], pool: Maker) -> int:
    """Rows of the maps that reach the classifier: c1 and the pools count."""
    kernel, stride, padding = first
    how = {"stride": stride, "padding": padding}
    side = sizes.output_size(side, kernel, **how)
    for _ in range(3):  # a pooling says itself what it makes of a map
        side = pool()(torch.zeros(1, 1, side, side, device="cpu")).shape[-1]
    return side


def _numbers(name: str, given: Iterable[int], many: int) -> tuple[int, ...]:
    found = checked_sizes(name, given)
    if len(found) != many:
        raise ValueError(
            f"{name} must name {many} layers, got {len(found)}: {found}"
        )
    return found


def _checked_shape(c_in, classes, side) -> tuple[int, int, int]:
    refuse_unless_whole(1, c_in=c_in, classes=classes)
    checked_whole("side", side, 1)
    return c_in, side, side


def _refuse_layers(**makers) -> None:
    """Refuse what makes no layers, and a layer that is made already."""
    for name, make in makers.items():
        if isinstance(make, nn.Module) or not callable(make):
            raise ValueError(
                f"{name} must make layers, as the class nn.ReLU does,"
                f" got {make!r}"
            )
