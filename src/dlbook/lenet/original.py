"""LeNet-5 as it was in 1998, with 60,000 numbers that training changes.

    28 x 28, framed to 32 x 32 -> c1 -> s2 -> c3 (sparse) -> s4 -> c5 -> f6
                               -> RBF output

A squashing follows each of the six layers. LeCun, Bottou, Bengio and Haffner
(1998), section II.B.
"""

from collections import OrderedDict

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook._checking import IMAGES, checked_floating
from dlbook.forward import Step, trace
from dlbook.lenet.bitmaps import codes
from dlbook.lenet.network import refuse_other_images
from dlbook.lenet.parts import RBF, SparseConv2d, Squash, Subsampling

PAPER, INK = -0.1, 1.175  # what white and black pixels are for this net


# --8<-- [start:table]
def table() -> tuple[tuple[int, ...], ...]:
    """Which of the 6 maps of s2 each of the 16 maps of c3 reads.

    Six read three neighbours, six four neighbours, three two pairs, one all.

    >>> sum(len(row) for row in table())
    60
    """
    threes = [tuple((i + j) % 6 for j in range(3)) for i in range(6)]
    fours = [tuple((i + j) % 6 for j in range(4)) for i in range(6)]
    pairs = [tuple((i + j) % 6 for j in (0, 1, 3, 4)) for i in range(3)]
    return *threes, *fours, *pairs, tuple(range(6))
# --8<-- [end:table]


# --8<-- [start:lenet]
class LeNet1998(nn.Module):
    """The net of 1998: sparse c3, pooling that learns, fixed output codes.

    It reads pixels from 0 to 1, as `LeNet` does, and frames them itself.

    Args:
        generator: where the starting weights come from.

    The scores are minus the squared distances to the codes of the digits, so
    that the largest wins, and cross-entropy fits: it is then the paper's
    criterion (9), without the constant term of its "rubbish" class.

    >>> LeNet1998()(torch.zeros(5, 1, 28, 28)).shape
    torch.Size([5, 10])

    Raises:
        ValueError: for images of another size.
    """

    def __init__(self, *, generator: torch.Generator | None = None) -> None:
        super().__init__()
        how = {"generator": generator}
        self.features = nn.Sequential(OrderedDict(
            c1=nn.Conv2d(1, 6, 5), a1=Squash(),
            s2=Subsampling(6, **how), a2=Squash(),
            c3=SparseConv2d(6, table(), 5, **how), a3=Squash(),
            s4=Subsampling(16, **how), a4=Squash(),
            c5=nn.Conv2d(16, 120, 5), a5=Squash(), flatten=nn.Flatten(),
        ))
        self.classifier = nn.Sequential(OrderedDict(
            f6=nn.Linear(120, 84), a6=Squash(), output=RBF(codes()),
        ))
        for layer in self.modules():
            if isinstance(layer, (nn.Conv2d, nn.Linear)):
                _draw(layer, generator)

    def forward(self, x: Float[Tensor, "n c h w"]) -> Float[Tensor, "n 10"]:
        return -self.classifier(self.features(framed(x)))
# --8<-- [end:lenet]


# --8<-- [start:framed]
def framed(pixels: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n 1 32 32"]:
    """What LeNet-5 saw of an MNIST image: paper around it, mean near 0.

    Args:
        pixels: 0 where nothing is, 1 where there is ink.

    Raises:
        ValueError: for images of another size.
    """
    checked_floating("pixels", pixels, IMAGES)
    refuse_other_images(pixels, (1, 28, 28))
    wide = nn.functional.pad(pixels, [2] * 4)
    return PAPER + (INK - PAPER) * wide
# --8<-- [end:framed]


# --8<-- [start:connections]
def connections(model: LeNet1998) -> dict[str, int]:
    """How many connections each layer has, as the paper counts them.

    At each place of each new map: one for each number read, one for the bias
    (the output has none).
    """
    weight = next(model.parameters())
    found = {}
    for step in trace(model, weight.new_zeros(1, 1, 28, 28)):
        layer = model.get_submodule(step.name)
        many = _connections(layer, step)
        if many:
            found[step.name.rpartition(".")[2]] = many
    return found


def _connections(layer: nn.Module, step: Step) -> int:
    """Parameters times places; two kinds of layers count in other ways."""
    numbers = step.gives[0].numel()
    if isinstance(layer, Subsampling):  # four pixels share a coefficient
        return numbers * (4 + 1)
    if isinstance(layer, RBF):
        return layer.codes.numel()
    return step.holds * (numbers // step.gives.shape[1])
# --8<-- [end:connections]


@torch.no_grad()
def _draw(layer, generator: torch.Generator | None) -> None:
    bound = 2.4 / layer.weight[0].numel()
    for parameter in layer.parameters():
        parameter.uniform_(-bound, bound, generator=generator)
