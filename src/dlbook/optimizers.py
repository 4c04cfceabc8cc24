"""Optimisers: the idea in one sentence.

The formula, its symbols with their shapes, and the source: author (year), section.
"""

from jaxtyping import Float
from torch import Tensor


# --8<-- [start:optimizers]
def optimizers(x: Float[Tensor, " n"]) -> Float[Tensor, " n"]:
    """What it gives, in one line.

    Args:
        x: what it is.
    """
    return x
# --8<-- [end:optimizers]
