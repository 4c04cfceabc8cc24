"""A decoder-only Transformer: what comes next in a text?

    x      a row for each token, and a wave for its place
    x  <-  x + attention(norm(x))       no token sees a later one
    x  <-  x + feed_forward(norm(x))
    scores of the next token = norm(x) times the rows of the tokens

The two lines in the middle are one block. It is an encoder layer under a
causal mask, with norms before, as in GPT-2 (Radford et al., 2019, "Language
models are unsupervised multitask learners", section 2.3).
"""

from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import gelu, scaled_dot_product_attention

from dlbook._checking import Number, refuse_unless_whole
from dlbook.attention_at_scale import GroupedAttention, KeyValueCache
from dlbook.dropout import Dropout
from dlbook.positional_encoding import positional_encoding
from dlbook.transformer.layers import FeedForward
from dlbook.transformer.model import TokenMatrix


# --8<-- [start:block]
class Block(nn.Module):
    """Attention to what came before, then feed-forward; each adds.

    Args:
        d: columns of a word.
        heads: of the attention.
        dropout: how much of what each of the two adds is dropped.
        generator: to draw weights and masks from.
    """

    def __init__(
        self, d: int, heads: int, *, dropout: Number = 0.0,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        attention = GroupedAttention(
            d, heads, attend=scaled_dot_product_attention, generator=generator
        )
        feed = FeedForward(d, 4 * d, activation=gelu, generator=generator)
        self.attention, self.feed = attention, feed
        self.norms = nn.ModuleList([nn.LayerNorm(d), nn.LayerNorm(d)])
        self.drop = Dropout(dropout, generator=generator)

    def forward(
        self, x: Float[Tensor, "n new d"], cache: KeyValueCache | None = None
    ) -> Float[Tensor, "n new d"]:
        before, between = self.norms
        x = x + self.drop(self.attention(before(x), cache))
        return x + self.drop(self.feed(between(x)))
# --8<-- [end:block]


# --8<-- [start:gpt]
class GPT(nn.Module):
    """Scores of what comes after each token of a text.

    Args:
        tokens: size of the vocabulary.
        longest: how many tokens it can see.
        d: columns of a word.
        heads: of each attention.
        layers: how many blocks.
        dropout: of the sums of rows and waves, and of what each part adds.
        generator: to draw weights and masks from.
    """

    waves: Tensor

    def __init__(
        self, tokens: int, longest: int, d: int, heads: int, layers: int,
        *, dropout: Number = 0.0, generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_unless_whole(1, longest=longest, layers=layers)
        self.rows = TokenMatrix(tokens, d, generator=generator)
        self.register_buffer(
            "waves", positional_encoding(longest, d), persistent=False
        )
        self.drop = Dropout(dropout, generator=generator)
        how: Any = {"dropout": dropout, "generator": generator}
        each = [Block(d, heads, **how) for _ in range(layers)]
        self.blocks, self.norm = nn.ModuleList(each), nn.LayerNorm(d)

    def forward(
        self, ids: Int[Tensor, "n new"],
        caches: list[KeyValueCache] | None = None,
    ) -> Float[Tensor, "n new tokens"]:
        """With caches, `ids` are new tokens behind those that they hold."""
        start = caches[0].length if caches else 0
        x = self.rows(ids) + self._places(start, start + ids.shape[1])
        kept: Any = caches or [None] * len(self.blocks)
        x = self.drop(x)
        for block, cache in zip(self.blocks, kept, strict=True):
            x = block(x, cache)
        return self.rows.scores(self.norm(x))
# --8<-- [end:gpt]

    @property
    def longest(self) -> int:
        """How many tokens it can see."""
        return len(self.waves)

    def new_caches(self, *, texts: int = 1) -> list[KeyValueCache]:
        """An empty cache for each block, for as many tokens as it can see."""
        layers: Any = [block.attention for block in self.blocks]
        return [each.new_cache(self.longest, texts=texts) for each in layers]

    def _places(self, start, end) -> Tensor:
        if end > self.longest:
            raise ValueError(f"it can see {self.longest} tokens, got {end}")
        return self.waves[start:end]
