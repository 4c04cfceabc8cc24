"""GPT-2's own merge table: 50,000 merges.

The table is that of Radford et al. (2019), "Language Models are Unsupervised
Multitask Learners", section 2.2, as OpenAI published it under the MIT licence
(https://github.com/openai/whisper, whisper/assets/gpt2.tiktoken). There it is
a list of tokens; here each is kept as the pair that it is made of.
"""

import lzma
from collections.abc import Iterable
from importlib.resources import files

import numpy as np

from dlbook.vocabulary._refusals import checked_ids
from dlbook.vocabulary.bpe import BPE, Pair

# --8<-- [start:gpt2]
END = 50_256  # <|endoftext|>: the only special token, the last number
PRINTED = [*range(33, 127), *range(161, 173), *range(174, 256)]
BYTES = PRINTED + sorted(set(range(256)) - set(PRINTED))  # as GPT-2 numbers


def merges() -> list[Pair]:
    """All 50,000 pairs, in the order in which they were learned."""
    packed = (files("dlbook") / "texts" / "gpt2_merges.xz").read_bytes()
    both = np.frombuffer(lzma.decompress(packed), "<u2").reshape(2, -1)
    return [(int(first), int(second)) for first, second in both.T]


def gpt2() -> BPE:
    """GPT-2's tokens; the first 256 numbered as bytes are."""
    return BPE(merges())


def gpt2_ids(ids: Iterable[int]) -> list[int]:
    """The same tokens by GPT-2's numbers, which begin with printed bytes.

    >>> gpt2_ids([72, 105, 256])  # "H", "i", " t"
    [39, 72, 256]
    """
    number = {byte: i for i, byte in enumerate(BYTES)}
    return [number.get(i, i) for i in checked_ids(ids, END)]
# --8<-- [end:gpt2]
