"""GoogLeNet: a stem, nine Inception blocks, a mean and one dense layer.

    image -> stem -> 3a, 3b -> pool -> 4a ... 4e -> pool -> 5a, 5b
          -> global average pooling -> dropout -> scores

In training, two more heads may read 4a and 4d; their losses count by 0.3.
Sizes and names are those of Szegedy et al. (2015), section 5 and table 1; the
two local response normalisations are in figure 3 only.
"""

from collections import OrderedDict
from collections.abc import Callable
from itertools import chain
from typing import Any, NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from dlbook._checking import Number, checked_number, refuse_unless_whole
from dlbook.cnn.table import layer_table
from dlbook.googlenet.inception import (
    Inception,
    Plan,
    draw_all,
    refuse_no_makers,
    refuse_other_channels,
)
from dlbook.lrn import LocalResponseNorm
from dlbook.pooling import global_avg_pool2d

# --8<-- [start:plans]
PLANS = {
    "3a": Plan(64, 96, 128, 16, 32, 32),
    "3b": Plan(128, 128, 192, 32, 96, 64),
    "4a": Plan(192, 96, 208, 16, 48, 64),
    "4b": Plan(160, 112, 224, 24, 64, 64),
    "4c": Plan(128, 128, 256, 24, 64, 64),
    "4d": Plan(112, 144, 288, 32, 64, 64),
    "4e": Plan(256, 160, 320, 32, 128, 128),
    "5a": Plan(256, 160, 320, 32, 128, 128),
    "5b": Plan(384, 192, 384, 48, 128, 128),
}
# --8<-- [end:plans]
HEADS = ("4a", "4d")  # behind which the additional heads stand


class Scores(NamedTuple):
    """What GoogLeNet says in training: its own head, and the other two."""

    main: Float[Tensor, "n k"]
    low: Float[Tensor, "n k"]  # behind 4a
    high: Float[Tensor, "n k"]  # behind 4d


# --8<-- [start:googlenet]
class GoogLeNet(nn.Module):
    """The net of 2014. It reads 224 by 224 pixels.

    Args:
        conv: makes a convolution from c_in, c_out, kernel, `padding=` and,
            once, `stride=`.
        pool: makes a max pooling from the kernel, `stride=` and `padding=`
            or `ceil_mode=`.
        average: makes an average pooling from the kernel and `stride=`.
        linear: makes a dense layer from d_in and d_out.
        activation: makes a layer that follows each convolution.
        norm: makes a normalisation, of which there are two in the stem.
        dropout: makes a dropout from the share that is dropped.
        c_in: channels of an image.
        classes: how many scores.
        heads: whether it has the two heads that serve in training only.
        wide: the kernel of the branches "5x5"; torchvision has 3.
        ceil_mode: whether the four poolings round up, as the sizes of the
            paper need it.
        generator: where the starting weights come from, for any layers.

    >>> with torch.device("meta"):  # shapes only, nothing is computed
    ...     GoogLeNet()(torch.zeros(5, 3, 224, 224)).shape
    torch.Size([5, 1000])

    Raises:
        ValueError: for numbers, makers or images that do not fit.
    """

    def __init__(
        self,
        *, conv: Callable[..., nn.Module] = nn.Conv2d,
        pool: Callable[..., nn.Module] = nn.MaxPool2d,
        average: Callable[..., nn.Module] = nn.AvgPool2d,
        linear: Callable[[int, int], nn.Module] = nn.Linear,
        activation: Callable[[], nn.Module] = nn.ReLU,
        norm: Callable[[], nn.Module] = LocalResponseNorm,
        dropout: Callable[[float], nn.Module] = nn.Dropout,
        c_in: int = 3, classes: int = 1000, heads: bool = False,
        wide: int = 5, ceil_mode: bool = True,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_unless_whole(1, c_in=c_in, classes=classes)
        refuse_no_makers(
            conv=conv, pool=pool, average=average, linear=linear,
            activation=activation, norm=norm, dropout=dropout,
        )

        def halve() -> nn.Module:
            return pool(3, stride=2, ceil_mode=ceil_mode)

        self.features = nn.Sequential(OrderedDict(
            c1=conv(c_in, 64, 7, stride=2, padding=3), a1=activation(),
            p1=halve(), n1=norm(),
            r2=conv(64, 64, 1, padding=0), b2=activation(),
            c2=conv(64, 192, 3, padding=1), a2=activation(),
            n2=norm(), p2=halve(),
        ))
        channels, self.heads = 192, nn.ModuleDict()
        how: dict[str, Any] = {
            "conv": conv, "pool": pool, "activation": activation,
        }
        for name, plan in PLANS.items():
            block = Inception(channels, plan, wide=wide, **how)
            self.features.add_module(name, block)
            channels = plan.gives(channels)
            if name in ("3b", "4e"):
                self.features.add_module("p" + name[0], halve())
            if name in HEADS and heads:
                self.heads[name] = Head(
                    channels, classes, conv=conv, average=average,
                    linear=linear, activation=activation, dropout=dropout,
                )
        self.classifier = nn.Sequential(OrderedDict(
            mean=GlobalAvgPool2d(), dropout=dropout(0.4),
            output=linear(channels, classes),
        ))
        self.c_in = c_in
        draw_all(self, generator)

    # --8<-- [start:forward]
    def forward(
        self, x: Float[Tensor, "n c h w"]
    ) -> Float[Tensor, "n k"] | Scores:
        """Scores; in training, and with heads, those of all three heads."""
        refuse_other_channels(x, self.c_in)
        asked = list(self.heads) if self.training else []
        more = []
        for name, layer in self.features.named_children():
            x = layer(x)
            if name in asked:
                more.append(self.heads[name](x))
        y = self.classifier(x)
        return Scores(y, *more) if more else y
    # --8<-- [end:forward]
# --8<-- [end:googlenet]


# --8<-- [start:head]
class Head(nn.Module):
    """A classifier half-way up: mean of windows, 1x1, two dense layers.

    It reads maps of 14 by 14 (up to 16 by 16 leave as many windows).
    """

    def __init__(
        self, c_in: int, classes: int,
        *, conv: Callable[..., nn.Module] = nn.Conv2d,
        average: Callable[..., nn.Module] = nn.AvgPool2d,
        linear: Callable[[int, int], nn.Module] = nn.Linear,
        activation: Callable[[], nn.Module] = nn.ReLU,
        dropout: Callable[[float], nn.Module] = nn.Dropout,
    ) -> None:
        super().__init__()
        refuse_unless_whole(1, c_in=c_in, classes=classes)
        self.layers = nn.Sequential(OrderedDict(
            mean=average(5, stride=3),  # 14 -> 4
            reduce=conv(c_in, 128, 1, padding=0), a1=activation(),
            flatten=nn.Flatten(),
            hidden=linear(128 * 4 * 4, 1024), a2=activation(),
            dropout=dropout(0.7), output=linear(1024, classes),
        ))

    def forward(self, x: Float[Tensor, "n c h w"]) -> Float[Tensor, "n k"]:
        if not all(14 <= side <= 16 for side in x.shape[2:]):
            raise ValueError(
                "a head reads maps of 14 to 16 rows and columns, as from"
                f" images of 224, got {tuple(x.shape[2:])}"
            )
        return self.layers(x)
# --8<-- [end:head]


class GlobalAvgPool2d(nn.Module):
    """`dlbook.pooling.global_avg_pool2d` as a layer."""

    def forward(self, x: Float[Tensor, "n c h w"]) -> Float[Tensor, "n c"]:
        return global_avg_pool2d(x)


# --8<-- [start:loss]
def googlenet_loss(
    scores: Float[Tensor, "n k"] | Scores, y: Int[Tensor, " n"],
    *, weight: Number = 0.3,
) -> Float[Tensor, ""]:
    """Cross-entropy of the net's own head, and a part of the others'.

    Args:
        scores: what GoogLeNet says, with heads or without.
        y: the classes.
        weight: by how much the other heads count.
    """
    checked_number("weight", weight, least=0)
    main, *others = scores if isinstance(scores, tuple) else (scores,)
    loss = cross_entropy(main, y)
    for other in others:
        loss = loss + weight * cross_entropy(other, y)
    return loss
# --8<-- [end:loss]


# --8<-- [start:stage_table]
class Stage(NamedTuple):
    """A part of the net that stands in its picture, for one image."""

    name: str
    gives: tuple[int, ...]  # the shape of what it gives, without the batch
    parameters: int
    multiply_adds: int


def stage_table(net: nn.Module, x: Float[Tensor, "n c h w"]) -> list[Stage]:
    """Run the features and the classifier, and count stage by stage.

    Args:
        net: a GoogLeNet or a net of `dlbook.googlenet.small`. Heads that
            serve in training only are left out.
        x: a batch of images (at least one); on the device "meta", with the
            net there too, nothing is computed.
    """
    parts = (net.get_submodule(part) for part in ("features", "classifier"))
    stages = []
    for name, layer in chain(*(part.named_children() for part in parts)):
        rows = layer_table(layer, x)
        x = layer(x)
        holds = sum(p.numel() for p in layer.parameters())
        work = sum(row.multiply_adds for row in rows)
        stages.append(Stage(name, tuple(x.shape[1:]), holds, work))
    return stages
# --8<-- [end:stage_table]
