"""The Inception block: four branches read the same maps, side by side.

    y = concat(1x1(x), 3x3(1x1(x)), 5x5(1x1(x)), 1x1(max pool(x)))

along the channels. Each branch keeps rows and columns. The 1x1 convolutions
before the larger kernels reduce the channels, and with them the work.

Szegedy et al. (2015), section 4 and figure 2.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook._checking import (
    IMAGES,
    Pair,
    checked_floating,
    checked_whole,
    refuse_unless_whole,
)
from dlbook.convolution.sizes import Cost, cost
from dlbook.fully_connected.layers import draw

Convolution = tuple[int, int, int]  # channels in, channels out, kernel


# --8<-- [start:plan]
class Plan(NamedTuple):
    """The channels of a block, as in a row of the paper's table 1."""

    one: int  # of the 1x1 convolution
    reduce3: int  # of the 1x1 convolution before the 3x3; 0: there is none
    three: int  # of the 3x3 convolution
    reduce5: int  # of the 1x1 convolution before the 5x5; 0: there is none
    five: int  # of the 5x5 convolution
    pool: int  # of the 1x1 convolution behind the pooling; 0: there is none

    def gives(self, c_in: int) -> int:
        """How many channels come out, one branch behind the other.

        >>> Plan(64, 96, 128, 16, 32, 32).gives(192)
        256
        """
        return self.one + self.three + self.five + (self.pool or c_in)
# --8<-- [end:plan]


# --8<-- [start:convolutions]
def convolutions(
    c_in: int, plan: Sequence[int], *, wide: int = 5
) -> dict[str, list[Convolution]]:
    """The convolutions of each branch: channels in, channels out, kernel.

    >>> convolutions(192, Plan(64, 96, 128, 16, 32, 32))["3x3"]
    [(192, 96, 1), (96, 128, 3)]

    Args:
        c_in: channels of what the block reads.
        plan: the six numbers of a `Plan`.
        wide: the kernel of the branch "5x5", an odd number.

    Raises:
        ValueError: for numbers that make no block.
    """
    c_in, plan = checked_whole("c_in", c_in, 1), _checked_plan(plan)
    _refuse_even(wide)

    def reduced(first: int, c_out: int, kernel: int) -> list[Convolution]:
        if first == 0:
            return [(c_in, c_out, kernel)]
        return [(c_in, first, 1), (first, c_out, kernel)]

    return {
        "1x1": reduced(0, plan.one, 1),
        "3x3": reduced(plan.reduce3, plan.three, 3),
        "5x5": reduced(plan.reduce5, plan.five, wide),
        "pool": reduced(0, plan.pool, 1) if plan.pool else [],
    }
# --8<-- [end:convolutions]


# --8<-- [start:inception]
class Inception(nn.Module):
    """Four branches, concatenated along the channels.

    Args:
        c_in: channels of what it reads.
        plan: the six numbers of a `Plan`.
        wide: the kernel of the branch "5x5"; 3 makes torchvision's block.
        conv: makes a convolution from c_in, c_out, kernel and `padding=`.
        pool: makes a pooling from the kernel, `stride=` and `padding=`.
        activation: makes a layer that follows each convolution.
        generator: where the starting weights come from, for any layers.

    >>> block = Inception(192, Plan(64, 96, 128, 16, 32, 32))
    >>> block(torch.zeros(5, 192, 28, 28)).shape
    torch.Size([5, 256, 28, 28])

    Raises:
        ValueError: for numbers, makers or maps that do not fit.
    """

    def __init__(
        self, c_in: int, plan: Sequence[int],
        *, wide: int = 5,
        conv: Callable[..., nn.Module] = nn.Conv2d,
        pool: Callable[..., nn.Module] = nn.MaxPool2d,
        activation: Callable[[], nn.Module] = nn.ReLU,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_no_makers(conv=conv, pool=pool, activation=activation)
        self.c_in, self.branches = c_in, nn.ModuleDict()
        for name, chain in convolutions(c_in, plan, wide=wide).items():
            layers = [pool(3, stride=1, padding=1)] if name == "pool" else []
            for c, c_out, k in chain:
                layers += [conv(c, c_out, k, padding=k // 2), activation()]
            self.branches[name] = nn.Sequential(*layers)
        draw_all(self, generator)

    def forward(
        self, x: Float[Tensor, "n c_in h w"]
    ) -> Float[Tensor, "n c_out h w"]:
        refuse_other_channels(x, self.c_in)
        return torch.cat([branch(x) for branch in self.branches.values()], 1)
# --8<-- [end:inception]


# --8<-- [start:cost]
def inception_cost(
    size: Pair, c_in: int, plan: Sequence[int],
    *, wide: int = 5, bias: bool = True,
) -> dict[str, Cost]:
    """What each branch costs; pooling and concatenation take no products.

    >>> costs = inception_cost(28, 192, Plan(64, 96, 128, 16, 32, 32))
    >>> costs["5x5"]
    Cost(parameters=15920, multiply_adds=12443648)

    Args:
        size: rows and columns of the maps.
        c_in: channels of what the block reads.
        plan: the six numbers of a `Plan`.
        wide: the kernel of the branch "5x5".
        bias: whether each new channel has a bias.

    Raises:
        ValueError: for numbers that make no block.
    """
    found = {}
    for name, chain in convolutions(c_in, plan, wide=wide).items():
        costs = [
            cost(size, *layer, padding=layer[2] // 2, bias=bias)
            for layer in chain
        ]
        found[name] = Cost(*map(sum, zip(Cost(0, 0), *costs, strict=True)))
    return found
# --8<-- [end:cost]


# --8<-- [start:break_even]
def break_even(c_in: int, c_out: int, kernel: int) -> float:
    """With fewer channels than this, a 1x1 convolution before a kernel pays.

    >>> break_even(192, 32, 5)  # the 5x5 branch of 3a
    154.8...

    Args:
        c_in: channels that the kernel would read without it.
        c_out: channels that the kernel makes.
        kernel: its width.
    """
    refuse_unless_whole(1, c_in=c_in, c_out=c_out, kernel=kernel)
    direct = kernel**2 * c_in * c_out
    return direct / (c_in + kernel**2 * c_out)
# --8<-- [end:break_even]


def draw_all(model: nn.Module, generator: torch.Generator | None) -> None:
    """Weights and biases in ±1/sqrt(what one unit reads), as torch does."""
    for layer in model.modules() if generator else ():
        weight = getattr(layer, "weight", None)
        if torch.is_tensor(weight) and weight.ndim > 1:
            draw(layer, weight[0].numel(), generator)


def refuse_no_makers(**makers: object) -> None:
    """Refuse what makes no layers, and a layer that is made already."""
    for name, make in makers.items():
        if isinstance(make, nn.Module) or not callable(make):
            raise ValueError(
                f"{name} must make layers, as a class of layers does,"
                f" got {make!r}"
            )


def refuse_other_channels(x: Tensor, c_in: int) -> None:
    """Refuse what is no batch of images, or has other channels."""
    checked_floating("x", x, IMAGES)
    if x.shape[1] != c_in:
        raise ValueError(
            f"x must have {c_in} channels, got {x.shape[1]}:"
            f" shape {tuple(x.shape)}"
        )


def _checked_plan(plan) -> Plan:
    numbers = tuple(plan) if isinstance(plan, (tuple, list)) else ()
    if len(numbers) != len(Plan._fields):
        raise ValueError(
            f"plan must be six numbers ({', '.join(Plan._fields)}),"
            f" got {plan!r}"
        )
    optional = ("reduce3", "reduce5", "pool")
    return Plan._make(
        checked_whole(name, number, 0 if name in optional else 1)
        for name, number in zip(Plan._fields, numbers, strict=True)
    )


def _refuse_even(wide) -> None:
    if checked_whole("wide", wide, 1) % 2 == 0:
        raise ValueError(
            "wide must be odd, so that the padding can be the same on both"
            f" sides, got {wide}"
        )
