"""A small model that writes, token by token, with a cache and without.

Layers of attention with what each adds to its input, and nothing else; the
chapter on the Transformer builds the whole.
"""

from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from dlbook._checking import refuse_ids, refuse_unless_whole
from dlbook.attention_at_scale.cache import KeyValueCache
from dlbook.attention_at_scale.grouped import GroupedAttention
from dlbook.positional_encoding import sinusoids


class Writer(nn.Module):
    """Rows for tokens, waves for places, layers of attention, a read-out.

    Args:
        tokens: size of the vocabulary.
        d_model: columns of a word.
        heads: heads of queries in a layer.
        layers: how many.
        kv_heads: heads of keys and values in a layer; all by default.
        generator: to draw the weights from.
    """

    def __init__(
        self, tokens: int, d_model: int, heads: int, layers: int,
        *, kv_heads: int | None = None,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_unless_whole(1, tokens=tokens, layers=layers)
        each = [
            GroupedAttention(d_model, heads, kv_heads, generator=generator)
            for _ in range(layers)
        ]
        self.layers = nn.ModuleList(each)
        rows = torch.randn(2, tokens, d_model, generator=generator)
        self.rows = nn.Parameter(rows[0])
        self.read = nn.Parameter(rows[1] / d_model**0.5)

    # --8<-- [start:forward]
    def forward(
        self, ids: Int[Tensor, "n new"],
        caches: list[KeyValueCache] | None = None,
    ) -> Float[Tensor, "n new tokens"]:
        """A score for each next token, after each of these."""
        refuse_ids(ids, len(self.rows))
        start = caches[0].length if caches else 0  # not 0: what was before
        places = start + torch.arange(ids.shape[1], device=ids.device)
        code = sinusoids(places, self.rows.shape[1], dtype=self.rows.dtype)
        x = self.rows[ids] + code
        kept: Any = caches or [None] * len(self.layers)
        for layer, cache in zip(self.layers, kept, strict=True):
            x = x + layer(x, cache)
        return x @ self.read.T
    # --8<-- [end:forward]

    def new_caches(
        self, longest: int, *, texts: int = 1
    ) -> list[KeyValueCache]:
        """An empty cache for each layer."""
        layers: Any = self.layers
        return [layer.new_cache(longest, texts=texts) for layer in layers]


# --8<-- [start:write]
@torch.no_grad()
def write(
    model: Writer, ids: Int[Tensor, "n length"], more: int,
    *, cached: bool = True,
) -> Int[Tensor, "n longer"]:
    """Go on, `more` tokens, each time with the one of the highest score."""
    refuse_unless_whole(0, more=more)
    first = {"the number of tokens to start from": ids.shape[1]}
    refuse_unless_whole(1, **first)
    caches, new = None, ids
    if cached:
        caches = model.new_caches(ids.shape[1] + more, texts=len(ids))
    for _ in range(more):
        token = model(new, caches)[:, -1:].argmax(-1)
        ids = torch.cat([ids, token], 1)
        new = token if cached else ids
    return ids
# --8<-- [end:write]
