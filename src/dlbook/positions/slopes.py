"""ALiBi's slopes as its authors' code has them, for any number of heads.

    a power of two   2**(-8h / heads), as in the paper
    else             those of the power of two below; for the heads that are
                     left, every second slope of the power of two above

Press et al. (2021), https://arxiv.org/abs/2108.12409, section 3; the rest is
`get_slopes` in `fairseq/models/transformer.py` of their repository,
https://github.com/ofirpress/attention_with_linear_biases.
"""

import torch
from jaxtyping import Float64
from torch import Tensor

from dlbook._checking import refuse_unless_whole
from dlbook.positional_encoding import alibi_slopes


# --8<-- [start:released_slopes]
def released_slopes(heads: int) -> Float64[Tensor, " heads"]:
    """The slopes of checkpoints that were trained with the authors' code.

    >>> released_slopes(3).tolist()
    [0.0625, 0.00390625, 0.25]
    """
    refuse_unless_whole(1, heads=heads)
    below = 2 ** (heads.bit_length() - 1)
    between = alibi_slopes(2 * below)[::2]
    return torch.cat([alibi_slopes(below), between[: heads - below]])
# --8<-- [end:released_slopes]
