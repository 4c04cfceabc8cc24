"""The learning rate of the first Transformer: up in a line, down as a root.

    rate(t) = d ** -0.5 * min(t ** -0.5, t * warm ** -1.5)

Vaswani et al. (2017), section 5.3, formula 3,
https://arxiv.org/abs/1706.03762.
"""

import math

from dlbook._checking import refuse_unless_whole


# --8<-- [start:paper_rate]
def paper_rate(step: int, d: int, *, warm: int = 4000) -> float:
    """The rate of this step, counted from 1.

    Args:
        step: which, from 1.
        d: columns of a word.
        warm: the step with the highest rate.

    >>> round(paper_rate(4000, 512), 6)
    0.000699
    """
    refuse_unless_whole(1, step=step, d=d, warm=warm)
    return min(step**-0.5, step * warm**-1.5) / math.sqrt(d)
# --8<-- [end:paper_rate]
