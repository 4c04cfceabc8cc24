"""Position interpolation: a text longer than training, its places divided.

Place p becomes p / stretch, so that all places lie among those of training
(Chen et al., 2023, section 2.3, https://arxiv.org/abs/2306.15595, for RoPE).
A table has rows at whole places; between them its rows are mixed.
"""

import torch
from jaxtyping import Float, Float64
from torch import Tensor

from dlbook._checking import Number, checked_number, refuse_unless_whole


# --8<-- [start:places]
def stretched_places(
    length: int, stretch: Number = 1.0
) -> Float64[Tensor, " length"]:
    """Where `length` words stand, if all places are divided.

    >>> stretched_places(4, 2).tolist()
    [0.0, 0.5, 1.0, 1.5]
    """
    refuse_unless_whole(0, length=length)
    stretch = checked_number("stretch", stretch, above=0)
    return torch.arange(length, dtype=torch.float64) / stretch
# --8<-- [end:places]


# --8<-- [start:table_rows]
def table_rows(
    table: Float[Tensor, "rows d"], length: int, stretch: Number = 1.0
) -> Float[Tensor, "length d"]:
    """The rows for `length` words, mixed of the two rows around each place.

    Behind the last row there is none to mix with: it stands alone.

    Raises:
        ValueError: for more words than the table has rows for.
    """
    places = stretched_places(length, stretch).to(table.device)
    if length > len(table) * stretch:
        raise ValueError(
            f"{len(table)} rows, stretched {stretch:g} times, are enough for"
            f" {int(len(table) * stretch)} words, got {length}"
        )
    low = places.long()
    high = (low + 1).clamp(max=len(table) - 1)
    part = (places - low)[:, None].to(table.dtype)
    return (1 - part) * table[low] + part * table[high]
# --8<-- [end:table_rows]
