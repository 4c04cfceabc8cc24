"""Attention that never holds all its weights at once.

The softmax is computed block by block, with a running maximum and a running
sum (Milakov and Gimelshein, 2018, https://arxiv.org/abs/1805.02867; the fused
kernels do it so: Dao et al., 2022, https://arxiv.org/abs/2205.14135, 3.1).
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor

from dlbook._checking import refuse_unless_whole, widened
from dlbook.attention._refusals import refuse_misfits


# --8<-- [start:attention_in_blocks]
def attention_in_blocks(
    query: Float[Tensor, "*batch q d_k"],
    key: Float[Tensor, "*batch k d_k"],
    value: Float[Tensor, "*batch k d_v"],
    *, block: int = 64,
) -> Float[Tensor, "*batch q d_v"]:
    """`attention` without a mask, reading `block` keys at a time.

    Raises:
        ValueError: if these do not fit together, or there is no key.
    """
    refuse_misfits(None, query=query, key=key, value=value)
    many = {"the number of keys": key.shape[-2]}
    refuse_unless_whole(1, block=block, **many)
    q = widened(query) / math.sqrt(query.shape[-1])
    top = torch.full_like(q[..., :1], -math.inf)
    total, mixed = torch.zeros_like(top), torch.zeros_like(top)
    blocks = zip(key.split(block, -2), value.split(block, -2), strict=True)
    for k, v in blocks:
        scores = q @ widened(k).mT  # *batch q block
        higher = torch.maximum(top, scores.amax(-1, keepdim=True))
        weights = (scores - higher).exp()
        shrink = (top - higher).exp()  # what came before had another top
        total = total * shrink + weights.sum(-1, keepdim=True)
        mixed = mixed * shrink + weights @ widened(v)
        top = higher
    return (mixed / total).to(query.dtype)
# --8<-- [end:attention_in_blocks]
