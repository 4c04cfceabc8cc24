"""From text to numbers, and back again."""

from dlbook.vocabulary.bpe import BPE
from dlbook.vocabulary.segmentation import chinese_words
from dlbook.vocabulary.words import (
    BOS,
    EOS,
    PAD,
    SPECIALS,
    UNK,
    Vocabulary,
    one_hot,
    running_text,
    tokenize,
)

__all__ = [
    "BOS",
    "BPE",
    "EOS",
    "PAD",
    "SPECIALS",
    "UNK",
    "Vocabulary",
    "chinese_words",
    "one_hot",
    "running_text",
    "tokenize",
]
