"""LeNet in the three ways in which networks are written in PyTorch.

    a chain       `nn.Sequential`: the order is the network
    a subclass    layers are attributes, `forward` says what happens
    a function    no layers at all: a function of the image and the weights

The weights have the same names in all three: c1, c3, c5, f6, output. So the
`state_dict` of one fits the others. Sizes: `dlbook.lenet.LeNet`.
"""

from collections import OrderedDict
from collections.abc import Mapping

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from dlbook._checking import checked_floating
from dlbook.lenet.network import refuse_other_images
from dlbook.torch_nn.start import draw_as_torch

SHAPE = 1, 28, 28


# --8<-- [start:sequential]
def sequential_lenet(
    *, generator: torch.Generator | None = None
) -> nn.Sequential:
    """LeNet as a chain: what comes out of one layer goes into the next."""
    net = nn.Sequential(OrderedDict(
        c1=nn.Conv2d(1, 6, 5, padding=2), a1=nn.ReLU(), s2=nn.MaxPool2d(2),
        c3=nn.Conv2d(6, 16, 5), a3=nn.ReLU(), s4=nn.MaxPool2d(2),
        flatten=nn.Flatten(), c5=nn.Linear(400, 120), a5=nn.ReLU(),
        f6=nn.Linear(120, 84), a6=nn.ReLU(), output=nn.Linear(84, 10),
    ))
    return draw_as_torch(net, generator) if generator else net
# --8<-- [end:sequential]


# --8<-- [start:subclass]
class SubclassLeNet(nn.Module):
    """LeNet as a class: layers are attributes, `forward` uses them.

    Args:
        generator: where the starting weights come from.

    Raises:
        ValueError: for images that are not 1 x 28 x 28.
    """

    def __init__(self, *, generator: torch.Generator | None = None) -> None:
        super().__init__()
        self.c1 = nn.Conv2d(1, 6, 5, padding=2)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Linear(400, 120)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, 10)
        if generator:
            draw_as_torch(self, generator)

    def forward(self, x: Float[Tensor, "n c h w"]) -> Float[Tensor, "n k"]:
        refuse_other_images(x, SHAPE)
        x = functional.max_pool2d(self.c1(x).relu(), 2)
        x = functional.max_pool2d(self.c3(x).relu(), 2).flatten(1)
        return self.output(self.f6(self.c5(x).relu()).relu())
# --8<-- [end:subclass]


# --8<-- [start:functional]
def functional_lenet(
    x: Float[Tensor, "n c h w"], weights: Mapping[str, Tensor]
) -> Float[Tensor, "n k"]:
    """LeNet as a function: whoever calls it keeps the weights.

    Args:
        x: images of 1 x 28 x 28.
        weights: by name, such as "c1.weight".

    Raises:
        ValueError: for other images, and for a weight that is not there.
    """
    refuse_other_images(checked_floating("x", x), SHAPE)
    c1, c3, c5, f6, output = (_pair(weights, name) for name in LAYERS)
    x = functional.conv2d(x, *c1, padding=2)
    x = functional.conv2d(functional.max_pool2d(x.relu(), 2), *c3)
    x = functional.max_pool2d(x.relu(), 2).flatten(1)
    x = functional.linear(x, *c5).relu()
    return functional.linear(functional.linear(x, *f6).relu(), *output)
# --8<-- [end:functional]


LAYERS = "c1", "c3", "c5", "f6", "output"


def _pair(weights: Mapping[str, Tensor], layer: str) -> tuple[Tensor, Tensor]:
    """Weight and bias of a layer."""
    for name in (f"{layer}.weight", f"{layer}.bias"):
        if name not in weights:
            raise ValueError(
                f"weights must hold {name!r}, got {sorted(weights)}"
            )
    return weights[f"{layer}.weight"], weights[f"{layer}.bias"]
