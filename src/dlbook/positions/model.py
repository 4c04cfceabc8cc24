"""A small model of language that learns of places in one of five ways.

    none      nothing but the causal mask
    learned   a row of a table is added to each input
    sines     a row of sines and cosines is added to each input
    RoPE      queries and keys are turned, in each layer
    ALiBi     the distance is taken off the scores, in each layer

All else is alike: the same weights, drawn in the same order.
"""

import copy
import math
from collections.abc import Callable
from typing import Any

import torch
from jaxtyping import Float, Float64, Int
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

from dlbook._checking import Number, refuse_unless_whole
from dlbook.attention import MultiHeadAttention, causal_mask
from dlbook.positional_encoding import (
    LearnedPositions,
    alibi,
    rope,
    sinusoids,
)
from dlbook.positions.stretched import stretched_places, table_rows

WAYS = "none", "learned", "sines", "RoPE", "ALiBi"


# --8<-- [start:attention]
class PlacedAttention(MultiHeadAttention):
    """Causal attention within a text, with the places of its words."""

    way = "none"
    turn: Callable[..., Tensor] = staticmethod(rope)

    def forward(  # type: ignore[override]
        self, x: Float[Tensor, "n t d_model"], places: Float64[Tensor, " t"]
    ) -> Float[Tensor, "n t d_model"]:
        q, k = self._split(self.query(x)), self._split(self.key(x))
        if self.way == "RoPE":
            q, k = self.turn(q, places), self.turn(k, places)
        mask: Tensor = causal_mask(len(places), device=x.device)
        if self.way == "ALiBi":
            mask = alibi(len(places), self.heads).to(x)  # causal too
        v = self._split(self.value(x))
        y = scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return self.output(y.transpose(-2, -3).flatten(-2))
# --8<-- [end:attention]


class PlacedModel(nn.Module):
    """Scores of what comes after each token of a text.

    Args:
        tokens: how many different ones there are.
        longest: how many places it is trained on, and rows of its table.
        d: columns of a word.
        heads: of each attention.
        layers: how many.
        way: one of `WAYS`.
        generator: to draw the weights from.

    Attributes:
        stretch: by what places are divided, 1 at first. Without places, and
            with ALiBi's distances, there is nothing to divide.
    """

    def __init__(
        self, tokens: int, longest: int, d: int, heads: int, layers: int,
        way: str, *, generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_unless_whole(1, tokens=tokens, layers=layers)
        self.way = _checked_way(way)
        self.stretch: Number = 1.0
        how: Any = {"generator": generator}
        start = torch.randn(tokens, d, **how) / math.sqrt(d)
        self.words = nn.Parameter(start)
        each = [_Layer(d, heads, way, generator) for _ in range(layers)]
        self.layers, self.norm = nn.ModuleList(each), nn.LayerNorm(d)
        if way == "learned":
            self.table = LearnedPositions(longest, d, **how)

    # --8<-- [start:forward]
    def forward(self, ids: Int[Tensor, "n t"]) -> Float[Tensor, "n t tokens"]:
        x = self.words[ids] * math.sqrt(self.words.shape[1])
        places = stretched_places(ids.shape[1], self.stretch)
        if self.way == "learned":
            rows = table_rows(self.table.weight, len(places), self.stretch)
            x = x + rows
        if self.way == "sines":
            x = x + sinusoids(places, x.shape[-1]).to(x)
        for layer in self.layers:
            x = layer(x, places)
        return self.norm(x) @ self.words.T
    # --8<-- [end:forward]

    def stretched(self, stretch: Number) -> "PlacedModel":
        """A copy with the same weights, all places divided by `stretch`."""
        other = copy.deepcopy(self)
        other.stretch = stretch
        return other


def makers(
    tokens: int, longest: int, d: int, heads: int, layers: int
) -> dict[str, Callable[[torch.Generator], PlacedModel]]:
    """What makes the model of each way, by its name: for `compare`."""
    sizes = tokens, longest, d, heads, layers

    def maker(way: str) -> Callable[[torch.Generator], PlacedModel]:
        return lambda generator: PlacedModel(*sizes, way, generator=generator)

    return {way: maker(way) for way in WAYS}


class _Layer(nn.Module):
    """Attention adds something to each word, then a hidden layer does."""

    def __init__(self, d, heads, way, generator):
        super().__init__()
        self.attention = PlacedAttention(d, heads, generator=generator)
        self.attention.way = way
        self.hidden = _linear(d, 4 * d, generator)
        self.output = _linear(4 * d, d, generator)
        self.norms = nn.ModuleList([nn.LayerNorm(d), nn.LayerNorm(d)])

    def forward(self, x, places) -> Tensor:
        before, between = self.norms
        x = x + self.attention(before(x), places)
        return x + self.output(self.hidden(between(x)).relu())


def _linear(columns, units, generator) -> nn.Linear:
    layer = nn.utils.skip_init(nn.Linear, columns, units)
    bound = math.sqrt(6 / (columns + units))
    nn.init.uniform_(layer.weight, -bound, bound, generator=generator)
    nn.init.zeros_(layer.bias)
    return layer


def _checked_way(way) -> str:
    if way not in WAYS:
        raise ValueError(f"way must be one of {', '.join(WAYS)}, got {way!r}")
    return way
