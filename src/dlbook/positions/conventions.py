"""RoPE's two conventions: which columns are a pair?

    neighbours   columns 2i and 2i + 1      Su et al. (2021), section 3.2.2
    halves       columns i and i + d/2      GPT-NeoX, transformers' Llama

They are the same but for the order of the columns of queries and keys. The
paper: https://arxiv.org/abs/2104.09864.
"""

import torch
from jaxtyping import Float, Int, Shaped
from torch import Tensor

from dlbook._checking import checked_floating, refuse_unless_whole
from dlbook.positional_encoding import rope


# --8<-- [start:halves_order]
def halves_order(d: int) -> Int[Tensor, " d"]:
    """Which column of neighbours stands at each place of halves.

    >>> halves_order(6).tolist()
    [0, 2, 4, 1, 3, 5]

    Raises:
        ValueError: for an odd d, which has no halves.
    """
    refuse_unless_whole(1, d=d)
    if d % 2:
        raise ValueError(f"halves need an even number of columns, got {d}")
    return torch.arange(d).view(-1, 2).T.flatten()
# --8<-- [end:halves_order]


# --8<-- [start:rope_halves]
def rope_halves(
    x: Float[Tensor, "*n length d"],
    positions: Shaped[Tensor, " length"] | None = None,
    *, base: float | int = 10000.0,
) -> Float[Tensor, "*n length d"]:
    """`rope`, with the columns i and i + d/2 as pairs.

    Args:
        x: queries or keys, the first columns of all pairs in front.
        positions: where the rows stand; by default 0, 1, 2, …
        base: as in `rope`.
    """
    checked_floating("x", x)
    order = halves_order(x.shape[-1]).to(x.device)
    neighbours = x[..., order.argsort()]
    return rope(neighbours, positions, base=base)[..., order]
# --8<-- [end:rope_halves]


# --8<-- [start:to_halves]
def to_halves(
    weight: Float[Tensor, "out *columns"], heads: int
) -> Float[Tensor, "out *columns"]:
    """The weight (or bias) of queries or keys, from neighbours to halves.

    In `torch.nn.Linear` a row of the weight makes a column of the output, so
    rows are moved, within each head.

    Raises:
        ValueError: if the rows are not an even number for each head.
    """
    refuse_unless_whole(1, heads=heads)
    each, rest = divmod(len(weight), heads)
    if rest or each % 2:
        raise ValueError(
            f"{heads} heads need an even number of rows each, got"
            f" {len(weight)} in all"
        )
    by_head = weight.unflatten(0, (heads, each))
    return by_head[:, halves_order(each)].flatten(0, 1)
# --8<-- [end:to_halves]
