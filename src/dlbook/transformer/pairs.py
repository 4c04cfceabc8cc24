"""Which numbers are learned from, and the ids of their two texts.

    learned    short ones: of at most 8 English words
    held out   other short ones
    longer     of 9 to 11 words, longer than any that was learned from

Short and longer are made of the same words. Only how many there are is new.
"""

from collections.abc import Iterable
from typing import NamedTuple

import torch
from jaxtyping import Int
from torch import Tensor

from dlbook._checking import refuse_unless_whole
from dlbook.transformer.numbers import (
    CHINESE,
    ENGLISH,
    english_tokens,
    in_chinese,
    in_english,
)
from dlbook.vocabulary import PAD, Vocabulary

SHORT = 8  # words of the longest number that is learned from
TURNS = 100  # draws for each number that is asked for: then there are no more
WORDS, SIGNS = Vocabulary(ENGLISH), Vocabulary(CHINESE)


class Numbers(NamedTuple):
    """Different numbers, none in two parts."""

    learned: list[int]
    held_out: list[int]
    longer: list[int]


# --8<-- [start:divided]
def drawn_numbers(
    learned: int, others: int, generator: torch.Generator
) -> Numbers:
    """Draw how many digits a number has, then the number: short ones too.

    Args:
        learned: how many to learn from.
        others: how many short ones to hold out, and how many longer ones.
        generator: where they come from.

    Raises:
        ValueError: for more than there are, or none.
    """
    refuse_unless_whole(1, learned=learned, others=others)
    short, longer = learned + others, others
    found: dict[bool, dict[int, None]] = {True: {}, False: {}}
    for _ in range(TURNS * (short + longer)):
        n = _drawn(generator)
        kind = found[is_short(n)]
        kind[n] = None
        if len(found[True]) >= short and len(found[False]) >= longer:
            break
    else:
        raise ValueError(
            f"there are too few numbers for {short:,} short ones and"
            f" {longer:,} longer ones"
        )
    small = list(found[True])[:short]
    order = torch.randperm(short, generator=generator).tolist()
    small = [small[place] for place in order]
    large = list(found[False])[:longer]
    return Numbers(small[:learned], small[learned:], large)


def is_short(n: int) -> bool:
    """Whether it takes no more words than those that are learned from."""
    return len(english_tokens(in_english(n))) <= SHORT
# --8<-- [end:divided]


def _drawn(generator) -> int:
    digits = int(torch.randint(1, 7, (), generator=generator))
    least = 10 ** (digits - 1) if digits > 1 else 0
    return int(torch.randint(least, 10**digits, (), generator=generator))


# --8<-- [start:ids]
def english_ids(numbers: Iterable[int]) -> Int[Tensor, "n longest"]:
    """BOS, the words, EOS, then PAD."""
    return _padded(WORDS, [english_tokens(in_english(n)) for n in numbers])


def chinese_ids(numbers: Iterable[int]) -> Int[Tensor, "n longest"]:
    """BOS, the signs, EOS, then PAD.

    >>> chinese_ids([12, 3])
    tensor([[ 2, 14, 10,  3],
            [ 2,  7,  3,  0]])
    """
    return _padded(SIGNS, [list(in_chinese(n)) for n in numbers])


def _padded(vocabulary, texts) -> Tensor:
    rows = [torch.tensor(vocabulary.encode(t, ends=True)) for t in texts]
    return torch.nn.utils.rnn.pad_sequence(
        rows, batch_first=True, padding_value=PAD
    )
# --8<-- [end:ids]
