"""Causal self-attention whose heads share keys and values, with a cache.

All heads share them: multi-query attention (Shazeer, 2019, section 3,
https://arxiv.org/abs/1911.02150). The heads of a group do: grouped-query
attention (Ainslie et al., 2023, section 2.2,
https://arxiv.org/abs/2305.13245).
"""

import math
from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook._checking import refuse_unless_whole
from dlbook.attention import attention
from dlbook.attention._refusals import refuse_heads, refuse_rows
from dlbook.attention_at_scale.cache import KeyValueCache, last_rows


class GroupedAttention(nn.Module):
    """Causal self-attention; `kv_heads` heads of keys and values for `heads`.

    Args:
        d_model: columns of the words.
        heads: heads of queries.
        kv_heads: heads of keys and values, a divisor of `heads`; all by
            default.
        bias: whether the four maps have biases.
        attend: what to call with query, key, value and mask:
            `dlbook.attention.attention`, or torch's
            `scaled_dot_product_attention`.
        generator: to draw the weights from.
    """

    def __init__(
        self, d_model: int, heads: int, kv_heads: int | None = None,
        *, bias: bool = True, attend: Callable[..., Tensor] = attention,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_heads(d_model, heads)
        kv_heads = heads if kv_heads is None else kv_heads
        refuse_unless_whole(1, kv_heads=kv_heads)
        if heads % kv_heads:
            raise ValueError(
                f"kv_heads must divide heads, got {kv_heads} and {heads}"
            )
        self.d_model, self.heads, self.kv_heads = d_model, heads, kv_heads
        self.d_k, self.attend = d_model // heads, attend
        narrow = kv_heads * self.d_k
        self.query = _linear(d_model, d_model, bias, generator)
        self.key = _linear(d_model, narrow, bias, generator)
        self.value = _linear(d_model, narrow, bias, generator)
        self.output = _linear(d_model, d_model, bias, generator)

    # --8<-- [start:forward]
    def forward(
        self, x: Float[Tensor, "n new d_model"],
        cache: KeyValueCache | None = None,
    ) -> Float[Tensor, "n new d_model"]:
        """Let new words ask all so far: those in the cache, and themselves."""
        refuse_rows("x", x, self.output.weight)
        q = self._split(self.query(x))
        k, v = self._split(self.key(x)), self._split(self.value(x))
        if cache is not None:
            k, v = cache.append(k, v)
        group, new = self.heads // self.kv_heads, x.shape[-2]
        mask = None  # one new word may look at all
        if new > 1:
            mask = last_rows(new, k.shape[-2], device=x.device)
            mask = mask.repeat(group, 1)
        # The queries of a group ask the same keys: rows below each other.
        q = q.unflatten(1, (self.kv_heads, group)).flatten(2, 3)
        y = self.attend(q, k, v, mask).unflatten(2, (group, new))
        return self.output(y.flatten(1, 2).transpose(1, 2).flatten(2))

    def _split(self, x) -> Tensor:  # n new columns
        return x.unflatten(-1, (-1, self.d_k)).transpose(1, 2)
        # n heads new d_k
    # --8<-- [end:forward]

    def new_cache(self, longest: int, *, texts: int = 1) -> KeyValueCache:
        """An empty cache that fits this layer."""
        weight = self.key.weight
        return KeyValueCache(
            longest, self.kv_heads, self.d_k, texts=texts,
            dtype=weight.dtype, device=weight.device,
        )

    def extra_repr(self) -> str:
        return (
            f"d_model={self.d_model}, heads={self.heads},"
            f" kv_heads={self.kv_heads}"
        )


def _linear(d_model, columns, bias, generator) -> nn.Linear:
    layer = nn.utils.skip_init(nn.Linear, d_model, columns, bias=bias)
    bound = math.sqrt(3 / d_model)  # inputs of variance 1 stay so
    nn.init.uniform_(layer.weight, -bound, bound, generator=generator)
    if bias:
        nn.init.zeros_(layer.bias)
    return layer
