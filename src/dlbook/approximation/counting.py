"""Counting the straight pieces of a network with ReLUs, along a line.

On the way from one input to another each hidden unit is on or off. Where none
of them switches, the network is one straight piece. The places at which they
switch are found layer by layer: between the places known so far all sums are
straight, so a sign that differs at both ends means one crossing between.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from dlbook._checking import refuse_unlike
from dlbook.fully_connected.layers import MLP


# --8<-- [start:bends]
@torch.no_grad()
def bends(
    net: MLP, start: Float[Tensor, " d"], end: Float[Tensor, " d"]
) -> Float[Tensor, " m"]:
    """Where, between 0 = start and 1 = end, a hidden unit switches.

    There is one straight piece more than there are places.

    >>> from dlbook.approximation import folded
    >>> bends(folded(2), torch.tensor([0.0]), torch.tensor([1.0]))
    tensor([0.2500, 0.5000, 0.7500])

    Args:
        net: a network whose only activation is ReLU.
        start: an input.
        end: another one.

    Raises:
        ValueError: for another activation, or inputs that do not fit.
    """
    _refuse_misfits(net, start, end)
    places = torch.tensor([0.0, 1.0]).to(start)
    for depth in range(len(net.layers) - 1):
        x = start + places[:, None] * (end - start)
        places = _with_crossings(places, _sums(net, x, depth))
    return places[1:-1]


def _sums(net, x, depth) -> Tensor:
    """What the units of a hidden layer add up, before ReLU."""
    for layer in net.layers[:depth]:
        x = torch.relu(layer(x))
    return net.layers[depth](x)


def _with_crossings(places, z) -> Tensor:
    """The places, and those between at which a sum crosses 0; in order."""
    before, behind = z[:-1], z[1:]
    part = before / (before - behind)  # of the way to the next place
    crossing = places[:-1, None] + part * places.diff()[:, None]
    found = crossing[before * behind < 0]
    return torch.cat([places, found]).unique()
# --8<-- [end:bends]


def _refuse_misfits(net, start, end) -> None:
    refuse_unlike(start=start, end=end)
    for activation in net.activations:
        if activation is not torch.relu:
            raise ValueError(
                "only pieces of torch.relu are counted, got the activation"
                f" {activation!r}"
            )
