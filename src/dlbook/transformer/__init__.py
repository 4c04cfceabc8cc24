"""The Transformer: layers that read, layers that write, and all of it."""

from dlbook.transformer.layers import (
    DecoderLayer,
    EncoderLayer,
    FeedForward,
    Residual,
)
from dlbook.transformer.masks import places, read_mask, real_words, write_mask
from dlbook.transformer.model import (
    Decoder,
    Encoder,
    Rows,
    TokenMatrix,
    Transformer,
)
from dlbook.transformer.schedule import paper_rate

__all__ = [
    "Decoder",
    "DecoderLayer",
    "Encoder",
    "EncoderLayer",
    "FeedForward",
    "Residual",
    "Rows",
    "TokenMatrix",
    "Transformer",
    "paper_rate",
    "places",
    "read_mask",
    "real_words",
    "write_mask",
]
