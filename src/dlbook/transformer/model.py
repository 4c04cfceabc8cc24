"""The Transformer whole: it reads one text and writes another.

Vaswani et al. (2017), sections 3.1 to 3.5, https://arxiv.org/abs/1706.03762.
The model gives, for each place of the text that is written, a score for each
token that might come next.
"""

import math
from collections.abc import Callable
from typing import Any

import torch
from jaxtyping import Bool, Float, Integer
from torch import Tensor, nn

from dlbook._checking import Number, refuse_unless_whole
from dlbook.attention._refusals import refuse_rows
from dlbook.attention.heads import Mask
from dlbook.dropout import Dropout
from dlbook.embedding import lookup
from dlbook.normalization import LayerNorm
from dlbook.positional_encoding import sinusoids
from dlbook.transformer.layers import (
    DecoderLayer,
    EncoderLayer,
    checked_place,
)
from dlbook.transformer.masks import (
    places,
    read_mask,
    real_words,
    write_mask,
)


class _Stack(nn.Module):
    """Layers of one kind, and a norm behind the last."""

    kind: Callable[..., nn.Module]

    def __init__(
        self, d: int, heads: int, d_ff: int, layers: int,
        *, norm: str = "before", last_norm: bool | None = None,
        bias: bool = True, **options: Any,
    ) -> None:
        super().__init__()
        refuse_unless_whole(0, layers=layers)
        options.update(norm=checked_place(norm), bias=bias)
        each = [self.kind(d, heads, d_ff, **options) for _ in range(layers)]
        self.layers = nn.ModuleList(each)
        if last_norm is None:
            last_norm = norm == "before"
        self.norm = LayerNorm(d, bias=bias) if last_norm else nn.Identity()


# --8<-- [start:encoder]
class Encoder(_Stack):
    """Layers that read a text, one after the other.

    Args:
        d: columns of a word.
        heads: of each attention.
        d_ff: hidden units of each feed-forward network.
        layers: how many.
        norm: "before" or "after", as in the layers.
        last_norm: whether a norm stands behind the last layer. By default it
            does with norm "before", where nothing else norms the sum.
        bias: whether linear layers and norms have biases.
        **options: what else `EncoderLayer` takes.
    """

    kind = EncoderLayer

    def forward(
        self, x: Float[Tensor, "*n length d"], mask: Mask | None = None
    ) -> Float[Tensor, "*n length d"]:
        for layer in self.layers:
            x = layer(x, mask)
        return self.norm(x)
# --8<-- [end:encoder]


# --8<-- [start:decoder]
class Decoder(_Stack):
    """Layers that write; all read the same memory.

    Its arguments are those of `Encoder`.
    """

    kind = DecoderLayer

    def forward(
        self, x: Float[Tensor, "*n length d"],
        memory: Float[Tensor, "*n words d"], mask: Mask | None = None,
        memory_mask: Mask | None = None,
    ) -> Float[Tensor, "*n length d"]:
        for layer in self.layers:
            x = layer(x, memory, mask, memory_mask)
        return self.norm(x)
# --8<-- [end:decoder]


# --8<-- [start:tokens]
class TokenMatrix(nn.Module):
    """A row for each token, to read with and to write with.

    Rows are drawn from N(0, 1 / d). In reading they are multiplied by the
    root of d, which makes them as large as the waves of the positions.

    Args:
        tokens: how many there are.
        d: columns of a row.
        generator: to draw the rows from.
    """

    def __init__(
        self, tokens: int, d: int,
        *, generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        refuse_unless_whole(1, tokens=tokens, d=d)
        rows = torch.randn(tokens, d, generator=generator)
        self.weight = nn.Parameter(rows / math.sqrt(d))

    def forward(self, ids: Integer[Tensor, "*n"]) -> Float[Tensor, "*n d"]:
        """The row of each token, times the root of d."""
        return lookup(self.weight, ids) * math.sqrt(self.weight.shape[1])

    def scores(self, x: Float[Tensor, "*n d"]) -> Float[Tensor, "*n tokens"]:
        """How well each token fits as the next one."""
        refuse_rows("x", x, self.weight.T)
        return x @ self.weight.T

    def extra_repr(self) -> str:
        return ", ".join(map(str, self.weight.shape))
# --8<-- [end:tokens]


# --8<-- [start:rows]
class Rows(nn.Module):
    """What each token is, and where it stands: its row plus a wave.

    Args:
        matrix: the rows of the tokens.
        dropout: how much of the sums is dropped in training.
        generator: for the masks of dropout.
    """

    def __init__(
        self, matrix: TokenMatrix, *, dropout: Number = 0.0,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        self.matrix = matrix
        self.drop = Dropout(dropout, generator=generator)

    def forward(
        self, ids: Integer[Tensor, "n length"],
        real: Bool[Tensor, "n length"],
    ) -> Float[Tensor, "n length d"]:
        """Filling, where `real` is False, takes up no place."""
        x = self.matrix(ids)
        waves = sinusoids(places(real), x.shape[-1], dtype=x.dtype)
        return self.drop(x + waves)
# --8<-- [end:rows]


class ReadOut(nn.Module):
    """The scores of all tokens, as `TokenMatrix.scores` gives them."""

    def __init__(self, matrix: TokenMatrix) -> None:
        super().__init__()
        self.matrix = matrix

    def forward(
        self, x: Float[Tensor, "*n d"]
    ) -> Float[Tensor, "*n tokens"]:
        return self.matrix.scores(x)


class Transformer(nn.Module):
    """An encoder, a decoder, rows for tokens, and a read-out.

    Args:
        source_tokens: size of the vocabulary that is read.
        target_tokens: size of the vocabulary that is written.
        d: columns of a word.
        heads: of each attention.
        layers: how many, in the encoder and in the decoder each.
        d_ff: hidden units of each feed-forward network.
        matrices: of tokens. With 1 source, target and read-out share one
            (section 3.4 of the paper), with 2 target and read-out do.
        padding: the id of filling, in both vocabularies; None if none is.
        dropout: what is dropped of the sums of rows and waves, and of what
            each layer adds.
        generator: to draw weights and masks from.
        **options: what else `Encoder` and `Decoder` take.
    """

    def __init__(
        self, source_tokens: int, target_tokens: int, d: int, heads: int,
        layers: int, d_ff: int, *, matrices: int = 3,
        padding: int | None = None, dropout: Number = 0.0,
        generator: torch.Generator | None = None, **options: Any,
    ) -> None:
        super().__init__()
        _refuse_other_matrices(matrices, source_tokens, target_tokens)
        options.update(dropout=dropout, generator=generator)
        self.padding = padding
        sizes = [source_tokens, target_tokens, target_tokens][:matrices]
        made = [TokenMatrix(n, d, generator=generator) for n in sizes]
        source, target, read = (*made, *[made[-1]] * (3 - matrices))
        self.source = Rows(source, dropout=dropout, generator=generator)
        self.target = Rows(target, dropout=dropout, generator=generator)
        self.encoder = Encoder(d, heads, d_ff, layers, **options)
        self.decoder = Decoder(d, heads, d_ff, layers, **options)
        self.read = ReadOut(read)

    # --8<-- [start:forward]
    def forward(
        self, source: Integer[Tensor, "n words"],
        target: Integer[Tensor, "n length"],
    ) -> Float[Tensor, "n length target_tokens"]:
        """Scores for the token behind each of the target's."""
        return self.decode(target, self.encode(source), source)

    def encode(
        self, source: Integer[Tensor, "n words"]
    ) -> Float[Tensor, "n words d"]:
        """What was read: a row for each word of the source, the memory."""
        real = real_words(source, self.padding)
        return self.encoder(self.source(source, real), read_mask(real))

    def decode(
        self, target: Integer[Tensor, "n length"],
        memory: Float[Tensor, "n words d"],
        source: Integer[Tensor, "n words"],
    ) -> Float[Tensor, "n length target_tokens"]:
        """Scores, from the target so far and the memory of the source."""
        real = real_words(target, self.padding)
        heard = real_words(source, self.padding)
        x = self.target(target, real)
        x = self.decoder(x, memory, write_mask(real), read_mask(heard))
        return self.read(x)
    # --8<-- [end:forward]


def _refuse_other_matrices(matrices, source_tokens, target_tokens) -> None:
    if matrices not in (1, 2, 3):
        raise ValueError(f"matrices must be 1, 2 or 3, got {matrices!r}")
    if matrices == 1 and source_tokens != target_tokens:
        raise ValueError(
            "with one matrix both vocabularies must be one, got"
            f" {source_tokens} and {target_tokens} tokens"
        )
