"""Attention that never holds all its weights at once, there and back.

The softmax is computed block by block, with a running maximum and a running
sum (Milakov and Gimelshein, 2018, https://arxiv.org/abs/1805.02867, section
3). On the way back each block of weights is made again from what was kept of
its rows, one number each (Dao et al., 2022, https://arxiv.org/abs/2205.14135,
section 3.1).
"""

import math
from collections.abc import Iterator

import torch
from jaxtyping import Float
from torch import Tensor
from torch.autograd.function import once_differentiable

from dlbook._checking import refuse_unless_whole, widened
from dlbook.attention._refusals import refuse_misfits


# --8<-- [start:attention_in_blocks]
def attention_in_blocks(
    query: Float[Tensor, "*#batch q d_k"],
    key: Float[Tensor, "*#batch k d_k"],
    value: Float[Tensor, "*#batch k d_v"],
    *, block: int = 64, causal: bool = False,
) -> Float[Tensor, "*#batch q d_v"]:
    """`attention`, reading `block` keys at a time, there and back.

    Args:
        query: what each position looks for.
        key: what it can be found by.
        value: what it hands over.
        block: how many keys to read at once.
        causal: the last query may look at all keys, the one before it at all
            but the last, and so on. A query that may look nowhere gets zeros.

    Raises:
        ValueError: if these do not fit together, or there is no key.
    """
    refuse_misfits(None, query=query, key=key, value=value)
    many = {"the number of keys": key.shape[-2]}
    refuse_unless_whole(1, block=block, **many)
    found = query, key, value
    leading = torch.broadcast_shapes(*(x.shape[:-2] for x in found))
    wide = [widened(x).expand(*leading, *x.shape[-2:]) for x in found]
    return _InBlocks.apply(*wide, block, bool(causal)).to(query.dtype)
# --8<-- [end:attention_in_blocks]


class _InBlocks(torch.autograd.Function):
    """The two halves below, as one step of autograd."""

    @staticmethod
    def forward(ctx, q, k, v, block, causal):
        y, level = mixed(q, k, v, block, causal)
        ctx.save_for_backward(q, k, v, y, level)
        ctx.how = block, causal
        return y

    @staticmethod
    @once_differentiable
    def backward(ctx, grad):
        return *mixed_back(grad, *ctx.saved_tensors, *ctx.how), None, None


# --8<-- [start:mixed]
def mixed(q, k, v, block, causal) -> tuple[Tensor, Tensor]:
    """The output, and of each row m + log z: *batch q d_v, *batch q 1."""
    top = q.new_full((*q.shape[:-1], 1), -math.inf)
    total, mix = torch.zeros_like(top), q.new_zeros(())
    for part, scores in scores_in_blocks(q, k, block, causal):
        higher = torch.maximum(top, scores.amax(-1, keepdim=True))
        base = higher.masked_fill(higher == -math.inf, 0)  # saw nothing yet
        weights = scores.sub_(base).exp_()
        shrink = (top - base).exp()  # what came before had another top
        total = total * shrink + weights.sum(-1, keepdim=True)
        mix = mix * shrink + weights @ v[..., part, :]
        top = higher
    level = (top + total.log()).masked_fill(total == 0, math.inf)
    return mix / total.masked_fill(total == 0, 1), level
# --8<-- [end:mixed]


# --8<-- [start:mixed_back]
def mixed_back(grad, q, k, v, y, level, block, causal) -> tuple[Tensor, ...]:
    """The gradients of q, k and v from that of y."""
    mean = (grad * y).sum(-1, keepdim=True)  # of a row of dL/da, weighted
    grad_q = torch.zeros_like(q)
    grad_k, grad_v = torch.empty_like(k), torch.empty_like(v)
    for part, scores in scores_in_blocks(q, k, block, causal):
        weights = scores.sub_(level).exp_()  # made again
        grad_v[..., part, :] = weights.mT @ grad
        slopes = (grad @ v[..., part, :].mT).sub_(mean).mul_(weights)
        slopes /= math.sqrt(q.shape[-1])
        grad_q += slopes @ k[..., part, :]
        grad_k[..., part, :] = slopes.mT @ q
    return grad_q, grad_k, grad_v
# --8<-- [end:mixed_back]


# --8<-- [start:scores_in_blocks]
def scores_in_blocks(q, k, block, causal) -> Iterator[tuple[slice, Tensor]]:
    """Which keys, and the scores of all queries with them: *batch q block."""
    many, last = k.shape[-2], k.shape[-2] - q.shape[-2]
    places = torch.arange(many, device=q.device)
    newest = last + torch.arange(q.shape[-2], device=q.device)[:, None]
    for start in range(0, many, block):
        part = slice(start, start + block)
        scores = q @ k[..., part, :].mT / math.sqrt(q.shape[-1])
        if causal:
            scores.masked_fill_(places[part] > newest, -math.inf)
        yield part, scores
# --8<-- [end:scores_in_blocks]
