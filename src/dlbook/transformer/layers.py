"""The layers of a Transformer: each adds something to what it reads.

    norm after    x <- norm(x + f(x))     Vaswani et al. (2017), section 3.1
    norm before   x <- x + f(norm(x))     Xiong et al. (2020), figure 1

f is attention, or a network of two linear layers that sees one word at a
time. Sources: https://arxiv.org/abs/1706.03762, sections 3.1, 3.3 and 5.4;
https://arxiv.org/abs/2002.04745.
"""

import math
from collections.abc import Callable
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import relu

from dlbook._checking import Number, refuse_unless_whole
from dlbook.attention import MultiHeadAttention
from dlbook.attention.heads import Mask
from dlbook.dropout import Dropout
from dlbook.normalization import LayerNorm

PLACES = "before", "after"  # of the norm: before f, or after the sum


# --8<-- [start:residual]
class Residual(nn.Module):
    """A layer whose output is added to its input, with a norm.

    Args:
        layer: f. It keeps the shape of x.
        d: columns of x.
        norm: "before" f, or "after" the sum.
        dropout: how much of what f adds is dropped in training.
        bias: whether the norm has one.
        generator: for the masks of dropout.
    """

    def __init__(
        self, layer: nn.Module, d: int, *, norm: str = "before",
        dropout: Number = 0.0, bias: bool = True,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        self.place = checked_place(norm)
        self.layer = layer
        self.norm = LayerNorm(d, bias=bias)
        self.drop = Dropout(dropout, generator=generator)

    def forward(
        self, x: Float[Tensor, "*n d"], *more: object
    ) -> Float[Tensor, "*n d"]:
        """Let f read x, and whatever else f takes: a memory, a mask."""
        if self.place == "before":
            return x + self.drop(self.layer(self.norm(x), *more))
        return self.norm(x + self.drop(self.layer(x, *more)))

    def extra_repr(self) -> str:
        return f"norm {self.place}"
# --8<-- [end:residual]


# --8<-- [start:feed_forward]
class FeedForward(nn.Module):
    """Two linear layers with a bend between them, for each word by itself.

    Args:
        d: columns of a word, in and out.
        d_ff: units between.
        activation: the bend.
        dropout: how many of these units are dropped in training.
        bias: whether the linear layers have one.
        generator: to draw the weights from.
    """

    def __init__(
        self, d: int, d_ff: int,
        *, activation: Callable[[Tensor], Tensor] = relu,
        dropout: Number = 0.0, bias: bool = True,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_unless_whole(1, d=d, d_ff=d_ff)
        self.hidden = _linear(d, d_ff, bias, generator)
        self.output = _linear(d_ff, d, bias, generator)
        self.activation = activation
        self.drop = Dropout(dropout, generator=generator)

    def forward(self, x: Float[Tensor, "*n d"]) -> Float[Tensor, "*n d"]:
        return self.output(self.drop(self.activation(self.hidden(x))))
# --8<-- [end:feed_forward]


# --8<-- [start:attend]
class DroppedAttention(MultiHeadAttention):
    """Attention that drops weights in training, as torch's layers do.

    Args:
        d_model: columns of a word.
        heads: how many.
        dropout: how many of the weights are dropped in training.
        bias: whether the four maps have biases.
        generator: to draw weights and masks from.
    """

    def __init__(
        self, d_model: int, heads: int,
        *, dropout: Number = 0.0, bias: bool = True,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__(d_model, heads, bias=bias, generator=generator)
        self.drop = Dropout(dropout, generator=generator)

    def forward(
        self, x: Float[Tensor, "*n q d_model"],
        memory: Float[Tensor, "*n k d_model"] | None = None,
        mask: Mask | None = None,
    ) -> Float[Tensor, "*n q d_model"]:
        if not (self.training and self.drop.p):
            return super().forward(x, memory, mask)
        weights = self.drop(self.weights(x, memory, mask))
        value = self._split(self.value(x if memory is None else memory))
        return self.output((weights @ value).transpose(-2, -3).flatten(-2))
# --8<-- [end:attend]


class _Layer(nn.Module):
    """What both kinds of layers are built of: one attention, or two."""

    attentions: tuple[str, ...]
    attention: Residual
    cross: Residual

    def __init__(
        self, d: int, heads: int, d_ff: int,
        *, norm: str = "before", dropout: Number = 0.0,
        inner_dropout: Number = 0.0,
        activation: Callable[[Tensor], Tensor] = relu, bias: bool = True,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        both: dict[str, Any] = {"bias": bias, "generator": generator}
        inner = {"dropout": inner_dropout, **both}
        outer = {"norm": norm, "dropout": dropout, **both}
        for name in self.attentions:
            attend = DroppedAttention(d, heads, **inner)
            self.add_module(name, Residual(attend, d, **outer))
        feed = FeedForward(d, d_ff, activation=activation, **inner)
        self.feed = Residual(feed, d, **outer)


# --8<-- [start:encoder_layer]
class EncoderLayer(_Layer):
    """A layer that reads: attention within a text, then feed-forward.

    Args:
        d: columns of a word.
        heads: of the attention.
        d_ff: hidden units of the feed-forward network.
        norm: "before" each of the two, or "after" the sum.
        dropout: how much of what each of the two adds is dropped.
        inner_dropout: how many attention weights and hidden units are.
        activation: of the hidden units.
        bias: whether linear layers and norms have biases.
        generator: to draw weights and masks from.
    """

    attentions = ("attention",)

    def forward(
        self, x: Float[Tensor, "*n length d"], mask: Mask | None = None
    ) -> Float[Tensor, "*n length d"]:
        """Each word reads the text, as far as the mask lets it."""
        return self.feed(self.attention(x, None, mask))
# --8<-- [end:encoder_layer]


# --8<-- [start:decoder_layer]
class DecoderLayer(_Layer):
    """A layer that writes: it reads its own text, then what was read.

    Its arguments are those of `EncoderLayer`.
    """

    attentions = "attention", "cross"

    def forward(
        self, x: Float[Tensor, "*n length d"],
        memory: Float[Tensor, "*n words d"], mask: Mask | None = None,
        memory_mask: Mask | None = None,
    ) -> Float[Tensor, "*n length d"]:
        """Each word reads its own text, then the memory."""
        x = self.attention(x, None, mask)
        x = self.cross(x, memory, memory_mask)
        return self.feed(x)
# --8<-- [end:decoder_layer]


def checked_place(norm: object) -> str:
    """Where the norm stands, if it is one of the two places."""
    if norm not in PLACES:
        raise ValueError(
            f"norm must be {' or '.join(map(repr, PLACES))}, got {norm!r}"
        )
    return str(norm)


def _linear(columns, units, bias, generator) -> nn.Linear:
    """Xavier uniform, as `torch.nn.Transformer` draws; biases are 0."""
    layer = nn.utils.skip_init(nn.Linear, columns, units, bias=bias)
    bound = math.sqrt(6 / (columns + units))
    nn.init.uniform_(layer.weight, -bound, bound, generator=generator)
    if bias:
        nn.init.zeros_(layer.bias)
    return layer
