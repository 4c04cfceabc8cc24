"""Attention: each word asks all words, and takes a mixture of what they hold.

    attention(Q, K, V) = softmax(Q K^T / sqrt(d_k)) V, row by row

Scaled dot-product attention and its many heads as in Vaswani et al. (2017),
sections 3.2.1 and 3.2.2, https://arxiv.org/abs/1706.03762. A boolean mask says
True where a query may look, as `torch.nn.functional` has it (not `torch.nn`).
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import torch
from jaxtyping import Bool, Float, Shaped
from torch import Tensor, nn

from dlbook._checking import (
    checked_whole,
    computed_in,
    refuse_unless_whole,
    widened,
)
from dlbook.attention._refusals import (
    refuse_heads,
    refuse_misfits,
    refuse_rows,
)

Mask = Shaped[Tensor, "..."]  # broadcasts to the shape of the weights


# --8<-- [start:attention]
def attention(
    query: Float[Tensor, "*#batch q d_k"],
    key: Float[Tensor, "*#batch k d_k"],
    value: Float[Tensor, "*#batch k d_v"],
    mask: Mask | None = None,
) -> Float[Tensor, "*#batch q d_v"]:
    """For each query, the values, mixed by how well their keys fit.

    Args:
        query: what each position looks for.
        key: what it can be found by.
        value: what it hands over.
        mask: True where a query may look at a key; or numbers to add to the
            scores. It broadcasts to (*batch, q, k). A query that may look
            nowhere gets zeros.

    Raises:
        ValueError: if shapes, types or devices do not fit together.
    """
    refuse_misfits(mask, query=query, key=key, value=value)
    weights = _weights(widened(query), widened(key), mask)
    return (weights @ widened(value)).to(computed_in(query))
# --8<-- [end:attention]


# --8<-- [start:attention_weights]
def attention_weights(
    query: Float[Tensor, "*#batch q d_k"],
    key: Float[Tensor, "*#batch k d_k"],
    mask: Mask | None = None,
) -> Float[Tensor, "*#batch q k"]:
    """How much of each value `attention` takes; a row for each query."""
    refuse_misfits(mask, query=query, key=key)
    weights = _weights(widened(query), widened(key), mask)
    return weights.to(computed_in(query))


def _weights(query, key, mask) -> Tensor:
    scores = query @ key.mT / math.sqrt(query.shape[-1])
    if mask is None:
        return scores.softmax(-1)
    if mask.dtype == torch.bool:  # as numbers to add: 0 or -inf
        mask = torch.where(mask, scores.new_zeros(()), -math.inf)
    scores = scores + mask
    nowhere = (scores == -math.inf).all(-1, keepdim=True)
    weights = scores.masked_fill(nowhere, 0).softmax(-1)  # no row is 0 / 0
    return weights.masked_fill(nowhere, 0)
# --8<-- [end:attention_weights]


def causal_mask(
    length: int, *, device: torch.device | str | None = None
) -> Bool[Tensor, "length length"]:
    """Position i may look at 0 … i: at no later one.

    >>> causal_mask(3).int().tolist()
    [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
    """
    refuse_unless_whole(0, length=length)
    return torch.ones(length, length, dtype=torch.bool, device=device).tril()


def padding_mask(
    lengths: Sequence[int], *, device: torch.device | str | None = None
) -> Bool[Tensor, "n 1 1 longest"]:
    """Text i may look at its own first `lengths[i]` places, not at padding.

    The two axes of 1 stand for all heads and all queries.

    >>> padding_mask([1, 3]).int().tolist()
    [[[[1, 0, 0]]], [[[1, 1, 1]]]]
    """
    lengths = [checked_whole("a length", n, 0) for n in lengths]
    places = torch.arange(max(lengths, default=0), device=device)
    ends = torch.tensor(lengths, dtype=torch.long, device=device)
    return (places < ends[:, None])[:, None, None]


class MultiHeadAttention(nn.Module):
    """Several heads side by side: each `attention`, in d_model / heads columns.

    The weights are drawn Xavier uniform, of variance 1 / d_model; biases are 0.
    """

    def __init__(
        self, d_model: int, heads: int,
        *, bias: bool = True, generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_heads(d_model, heads)
        self.d_model, self.heads = d_model, heads
        self.d_k = d_model // heads
        self.query = _linear(d_model, bias, generator)
        self.key = _linear(d_model, bias, generator)
        self.value = _linear(d_model, bias, generator)
        self.output = _linear(d_model, bias, generator)

    # --8<-- [start:forward]
    def forward(
        self, x: Float[Tensor, "*n q d_model"],
        memory: Float[Tensor, "*n k d_model"] | None = None,
        mask: Mask | None = None,
    ) -> Float[Tensor, "*n q d_model"]:
        """Let x ask, and `memory` answer, or x; mask: (*n, heads, q, k)."""
        memory = self._memory(x, memory)
        q, k = self._split(self.query(x)), self._split(self.key(memory))
        each = attention(q, k, self._split(self.value(memory)), mask)
        return self.output(each.transpose(-2, -3).flatten(-2))

    def _split(self, x) -> Tensor:  # *n length d_model
        return x.unflatten(-1, (self.heads, self.d_k)).transpose(-2, -3)
        # *n heads length d_k
    # --8<-- [end:forward]

    def weights(
        self, x: Float[Tensor, "*n q d_model"],
        memory: Float[Tensor, "*n k d_model"] | None = None,
        mask: Mask | None = None,
    ) -> Float[Tensor, "*n heads q k"]:
        """Where each head looks."""
        memory = self._memory(x, memory)
        q, k = self._split(self.query(x)), self._split(self.key(memory))
        return attention_weights(q, k, mask)

    def _memory(self, x, memory) -> Tensor:
        refuse_rows("x", x, self.output.weight)
        if memory is None:
            return x
        refuse_rows("memory", memory, self.output.weight)
        return memory

    def extra_repr(self) -> str:
        return f"d_model={self.d_model}, heads={self.heads}"


class Cost(NamedTuple):
    """What multi-head self-attention costs for one text."""

    parameters: int
    multiply_adds: int
    weights: int  # how many numbers the maps of all heads hold


def cost(length: int, d_model: int, heads: int, *, bias: bool = True) -> Cost:
    """Count for a text of `length` words; softmax and biases add no product.

    >>> cost(10, 512, 8)
    Cost(parameters=1050624, multiply_adds=10588160, weights=800)
    """
    refuse_unless_whole(0, length=length)
    refuse_heads(d_model, heads)
    maps = 4 * length * d_model**2  # queries, keys, values, output
    pairs = 2 * length**2 * d_model  # scores, weighted sums
    parameters = 4 * d_model * (d_model + bias)
    return Cost(parameters, maps + pairs, heads * length**2)


def _linear(d_model, bias, generator) -> nn.Linear:
    layer = nn.utils.skip_init(nn.Linear, d_model, d_model, bias=bias)
    bound = math.sqrt(3 / d_model)
    nn.init.uniform_(layer.weight, -bound, bound, generator=generator)
    if bias:
        nn.init.zeros_(layer.bias)
    return layer
