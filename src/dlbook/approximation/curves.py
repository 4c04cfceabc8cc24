"""Networks with one hidden layer whose weights are written down, not learned.

Both turn a list of values into an `MLP` that draws the curve: with bumps of
two sigmoids (Nielsen 2015, chapter 4), or with straight pieces of ReLUs.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from dlbook.fully_connected.layers import MLP


# --8<-- [start:bumps]
@torch.no_grad()
def bumps(
    edges: Float[Tensor, " n1"], heights: Float[Tensor, " n"],
    steepness: float,
) -> MLP:
    """One bump for each height, from its left edge to its right.

    Args:
        edges: n + 1 places, in rising order.
        heights: n values.
        steepness: the weight of each hidden unit; the larger, the sharper.

    Raises:
        ValueError: unless there is one edge more than heights, rising.
    """
    _refuse_misfits(edges, heights, more=1)
    places = torch.stack([edges[:-1], edges[1:]], 1).flatten()
    up_down = torch.stack([heights, -heights], 1)
    net = MLP([1, len(places), 1], activation=torch.sigmoid).to(edges)
    hidden, shifts, out, offset = net.parameters()
    hidden.fill_(steepness)
    shifts.copy_(-steepness * places)
    out.copy_(up_down.reshape(1, -1))
    offset.zero_()
    return net
# --8<-- [end:bumps]


# --8<-- [start:pieces]
@torch.no_grad()
def pieces(knots: Float[Tensor, " n1"], values: Float[Tensor, " n1"]) -> MLP:
    """Straight lines through the points (knot, value), with n ReLUs.

    Left of the first knot the curve is level; right of the last it goes on
    as its last piece does.

    >>> net = pieces(torch.tensor([0.0, 1, 3]), torch.tensor([5.0, 7, 6]))
    >>> net(torch.tensor([[-1.0], [0.5], [2], [5]])).flatten().tolist()
    [5.0, 6.0, 6.5, 5.0]

    Raises:
        ValueError: unless the knots rise, two at least, with one value each.
    """
    _refuse_misfits(knots, values)
    slopes = values.diff() / knots.diff()
    turns = torch.cat([slopes[:1], slopes.diff()])  # by how much each adds
    net = MLP([1, len(turns), 1]).to(knots)
    hidden, shifts, out, offset = net.parameters()
    hidden.fill_(1)
    shifts.copy_(-knots[:-1])
    out.copy_(turns[None])
    offset.copy_(values[:1])
    return net
# --8<-- [end:pieces]


def _refuse_misfits(places, values, *, more=0) -> None:
    if len(places) != len(values) + more or len(places) < 2:
        wanted = "one place more than values" if more else "as many places"
        raise ValueError(
            f"there must be {wanted}, and two places at least,"
            f" got {len(places)} places and {len(values)} values"
        )
    if not (places.diff() > 0).all():
        raise ValueError(f"the places must rise, got {places.tolist()}")
