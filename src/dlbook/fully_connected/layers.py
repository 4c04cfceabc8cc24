"""Fully connected networks: every unit reads all numbers of the layer before.

    z = x W^T + b      a layer; one row of x and of z for each example
    a = phi(z)         the activation, between every two layers

A unit is one row of W and one number of b. Names, shapes and starting values
are those of `torch.nn.Linear`.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook._checking import (
    checked_sizes,
    refuse_other_axes,
    refuse_other_count,
    refuse_other_kind,
    refuse_unless_whole,
)


# --8<-- [start:linear]
def linear(
    x: Float[Tensor, "*n d_in"],
    weight: Float[Tensor, "d_out d_in"],
    bias: Float[Tensor, " d_out"] | None = None,
) -> Float[Tensor, "*n d_out"]:
    """Each unit's weighted sum of the inputs, plus its bias.

    Args:
        x: the examples, one in each row (or one alone, or more axes).
        weight: one row for each unit, one column for each input.
        bias: one number for each unit; none counts as 0.

    >>> flower = torch.tensor([5.1, 3.5, 1.4, 0.2])
    >>> weight = torch.tensor([[0.0, 0, -1, -2], [1, -1, 0, 0]])
    >>> linear(flower, weight, torch.tensor([4.0, 0])).round(decimals=2)
    tensor([2.2000, 1.6000])

    Raises:
        ValueError: if shapes, types or devices do not fit together.
    """
    _refuse_misfits(x, weight, bias)
    z = x @ weight.T
    return z if bias is None else z + bias.to(z.dtype)
# --8<-- [end:linear]


# --8<-- [start:layer]
class Linear(nn.Module):
    """`linear` with weights of its own; a `state_dict` of torch's layer fits.

    They are drawn in ±1/sqrt(d_in), as torch does.
    """

    def __init__(
        self, d_in: int, d_out: int,
        *, bias: bool = True, generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_unless_whole(1, d_in=d_in, d_out=d_out)
        self.weight = nn.Parameter(torch.empty(d_out, d_in))
        self.bias = nn.Parameter(torch.empty(d_out)) if bias else None
        draw(self, d_in, generator)

    def forward(
        self, x: Float[Tensor, "*n d_in"]
    ) -> Float[Tensor, "*n d_out"]:
        return linear(x, self.weight, self.bias)
# --8<-- [end:layer]

    def extra_repr(self) -> str:
        d_out, d_in = self.weight.shape
        return f"{d_in}, {d_out}, bias={self.bias is not None}"


# --8<-- [start:draw]
@torch.no_grad()
def draw(
    layer: nn.Module, d_in: int, generator: torch.Generator | None
) -> None:
    """Fill a layer's weights and biases with random numbers."""
    for parameter in layer.parameters():
        parameter.uniform_(-(d_in**-0.5), d_in**-0.5, generator=generator)
# --8<-- [end:draw]


# --8<-- [start:mlp]
class MLP(nn.Module):
    """Layers one behind the other, an activation between every two.

    The last layer has none: it gives scores.

    Args:
        sizes: how many inputs, how many units in each layer.
        activation: a function of a tensor, a layer without weights that all
            share, or a class, of which each place gets a layer of its own.
        linear: what makes a layer from `d_in` and `d_out`.
        generator: where the starting weights come from, for any `linear`.

    >>> MLP([4, 5, 3])(torch.zeros(150, 4)).shape
    torch.Size([150, 3])

    Raises:
        ValueError: for fewer than two sizes, or one that is no size.
    """

    def __init__(
        self, sizes: Iterable[int],
        *, activation: Callable[..., Any] = torch.relu,
        linear: Callable[[int, int], nn.Module] = Linear,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        self.sizes = checked_sizes("sizes", sizes, inputs=True)
        pairs = list(pairwise(self.sizes))
        self.layers = nn.ModuleList(linear(*pair) for pair in pairs)
        if generator is not None:
            for layer, (d_in, _) in zip(self.layers, pairs, strict=True):
                draw(layer, d_in, generator)
        self.activations = _one_each(activation, len(pairs) - 1)

    def forward(
        self, x: Float[Tensor, "*n d_in"]
    ) -> Float[Tensor, "*n d_out"]:
        *hidden, last = self.layers
        for layer, activation in zip(hidden, self.activations, strict=True):
            x = activation(layer(x))
        return last(x)
# --8<-- [end:mlp]


# --8<-- [start:count]
def count_parameters(module: nn.Module) -> int:
    """How many numbers training can change; a shared one counts once.

    >>> count_parameters(MLP([4, 5, 3]))
    43
    """
    return sum(parameter.numel() for parameter in module.parameters())
# --8<-- [end:count]


def _one_each(activation, places: int) -> Any:
    """One for each hidden layer; modules are registered as parts."""
    makes = isinstance(activation, type)
    each = [activation() if makes else activation for _ in range(places)]
    if isinstance(activation, nn.Module) or makes:
        return nn.ModuleList(each)
    return each


def _refuse_misfits(x, weight, bias) -> None:
    refuse_other_kind(x=x, weight=weight)
    refuse_other_axes("weight", weight, "units, inputs")
    d_out, d_in = weight.shape
    if x.ndim == 0 or x.shape[-1] != d_in:
        raise ValueError(
            f"x must end in an axis of {d_in} numbers, as many as the layer"
            f" reads, got shape {tuple(x.shape)}"
        )
    if bias is not None:
        refuse_other_kind(x=x, bias=bias)
        refuse_other_count("bias", bias, d_out, "unit")
