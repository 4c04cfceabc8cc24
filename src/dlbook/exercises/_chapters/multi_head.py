"""Checks of the exercises of the chapter Multi-head attention."""

from collections.abc import Callable

import torch
from torch import Tensor

from dlbook.attention import MultiHeadAttention, attention
from dlbook.exercises._forms import Findings, Slips, close, hand

PARAMETERS = {
    2_359_296: "Each of the four matrices has a bias, too.",
    1_771_776: "There is a fourth matrix, the one that mixes the heads.",
    1_769_472: "There are four matrices, each with a bias.",
    590_592: "There are four matrices, each with a bias.",
}
check_count = hand(
    ("d_k of 12 heads", 64, {768: "The heads share the columns."}),
    ("their parameters", 2_362_368, {
        **PARAMETERS, 28_348_416: "The heads share the columns.",
    }),
    ("weights in their tables", 12_582_912, {
        1_048_576: "That is one table: each head has its own.",
        786_432: "A table has a row and a column for each word.",
    }),
    ("d_k of 24 heads", 32, {
        64: "More heads share the same columns.", 768: "They share them.",
    }),
    ("their parameters", 2_362_368, {
        **PARAMETERS, 4_724_736: "The new heads are narrower: it evens out.",
    }),
    ("weights in their tables", 25_165_824, {
        12_582_912: "There are more tables, and each is as large as before.",
        6_291_456: "Does a table depend on the width of a head?",
    }),
)


def check_sum(
    parts: Callable[[MultiHeadAttention, Tensor], Tensor],
) -> Findings:
    """The share of each head in the output."""
    for heads in 3, 2:
        g = torch.Generator().manual_seed(0)
        layer = MultiHeadAttention(12, heads, bias=False, generator=g)
        x = torch.randn(5, 12, generator=g)
        mixed, blocks = _heads(layer, x), _rows(layer)
        found = parts(layer, x)
        yield close(
            f"each of {heads} parts is what a head gives with the others off",
            found, mixed @ blocks, _slips(layer, x),
        )
        yield close("their sum is the output", sum(found), layer(x))


def _heads(layer: MultiHeadAttention, x: Tensor) -> Tensor:
    """What the heads give before they are mixed."""
    asked = (layer.query(x), layer.key(x), layer.value(x))
    return attention(*(_split(layer, each) for each in asked))


def _split(layer: MultiHeadAttention, x: Tensor) -> Tensor:
    return x.unflatten(1, (layer.heads, layer.d_k)).transpose(0, 1)


def _rows(layer: MultiHeadAttention) -> Tensor:
    """The rows of W_o that meet each head."""
    return layer.output.weight.T.unflatten(0, (layer.heads, layer.d_k))


def _slips(layer: MultiHeadAttention, x: Tensor) -> Slips:
    mixed, blocks, output = _heads(layer, x), _rows(layer), layer(x)
    rows = layer.output.weight.unflatten(0, (layer.heads, layer.d_k))
    plain = _split(layer, layer.value(x))
    return {
        "rows of `weight` are taken: in nn.Linear they are its columns": (
            mixed @ rows
        ),
        "W_o is missing": mixed,
        "it is the output, cut by columns": _split(layer, output),
        "each is an even share of the output": (
            output.expand(layer.heads, *output.shape) / layer.heads
        ),
        "a head hands over its values, and does not mix them": plain @ blocks,
        "they are added up already": output,
    }
