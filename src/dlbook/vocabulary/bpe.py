"""Byte-pair encoding: the tokens are learned from a text.

Each byte is a token, 0 to 255. Again and again, the pair of neighbours that
stands most often in the text becomes one new token. Sources: Sennrich, Haddow
and Birch (2016), section 3.2, https://arxiv.org/abs/1508.07909; on bytes, and
within the pieces that `pre_tokenize` cuts: Radford et al. (2019), "Language
Models are Unsupervised Multitask Learners", section 2.2.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from jaxtyping import Integer
from torch import Tensor

from dlbook._checking import refuse_unless_whole
from dlbook.vocabulary._refusals import checked_ids, checked_text
from dlbook.vocabulary._saved import checked_merges, read_json, write_json

Pair = tuple[int, int]
Word = tuple[int, ...]  # a piece of text as ids

# --8<-- [start:pre_tokenize]
LETTERS, SIGNS = r"[^\W\d_]+", r"(?:[^\w\s]|_)+"
PIECE = re.compile(
    r"'(?:s|t|re|ve|m|ll|d)"  # don't: don, 't
    rf"| ?{LETTERS}| ?\d+| ?{SIGNS}"  # each may take one space before it
    r"|\s+(?!\S)|\s+"  # more white space; the last space is left for a word
)


def pre_tokenize(text: str) -> list[str]:
    """Cut a text where no token may reach across; nothing is lost.

    >>> pre_tokenize("It isn't  42, 你好!")
    ['It', ' isn', "'t", ' ', ' 42', ',', ' 你好', '!']
    """
    return PIECE.findall(checked_text(text))
# --8<-- [end:pre_tokenize]


# --8<-- [start:steps]
def count_pairs(words: dict[Word, int]) -> Counter[Pair]:
    """How often each pair of neighbours stands in all words.

    >>> count_pairs({(98, 97, 110): 3, (97, 110): 1})  # ban ban ban an
    Counter({(97, 110): 4, (98, 97): 3})
    """
    pairs: Counter[Pair] = Counter()
    for word, count in words.items():
        for pair in pairwise(word):
            pairs[pair] += count
    return pairs


def merge(word: Word, pair: Pair, new: int) -> Word:
    """Put `new` wherever the pair stands, from left to right.

    >>> merge((98, 97, 110, 97, 110, 97), (97, 110), 256)  # banana
    (98, 256, 256, 97)
    """
    merged, i = [], 0
    while i < len(word):
        here = word[i : i + 2] == pair
        merged.append(new if here else word[i])
        i += 2 if here else 1
    return tuple(merged)
# --8<-- [end:steps]


# --8<-- [start:learn]
def learn(text: str, merges: int) -> list[Pair]:
    """The pairs to merge, in order; fewer, once no pair stands there twice.

    Of pairs that are as frequent, the one with the smaller ids is taken. Only
    words that hold the pair are counted anew: that makes it fast.
    """
    refuse_unless_whole(0, merges=merges)
    counted = Counter(tuple(_utf8(p)) for p in pre_tokenize(text))
    words, counts = list(counted), list(counted.values())
    pairs, where = count_pairs(counted), defaultdict(set)
    for i, word in enumerate(words):
        for pair in pairwise(word):
            where[pair].add(i)
    learned: list[Pair] = []
    for new in range(256, 256 + merges):
        most = max(pairs.values(), default=0)
        if most < 2:
            break
        best = min(pair for pair, count in pairs.items() if count == most)
        learned.append(best)
        for i in where.pop(best):
            for pair in pairwise(words[i]):
                pairs[pair] -= counts[i]
            words[i] = merge(words[i], best, new)
            for pair in pairwise(words[i]):
                pairs[pair] += counts[i]
                where[pair].add(i)
    return learned
# --8<-- [end:learn]


# --8<-- [start:bpe]
class BPE:
    """Tokens made of bytes by merges. Any text comes back as it was.

    >>> bpe = BPE.train("ban ban ban banana banana band", 2)
    >>> bpe.pieces[256:]
    [b'an', b'ban']
    >>> bpe.encode("banana")
    [257, 256, 97]

    Args:
        merges: pairs of ids; merge number m makes the token 256 + m.

    Raises:
        ValueError: for a merge of tokens that are not there yet.
    """

    def __init__(self, merges: Sequence[Pair]) -> None:
        self.merges = list(merges)
        self.pieces = [bytes([byte]) for byte in range(256)]
        self.ids: dict[Pair, int] = {}
        for pair in self.merges:
            new = len(self.pieces)
            if not all(0 <= part < new for part in pair) or pair in self.ids:
                raise ValueError(f"token {new} cannot be made of {pair}")
            self.ids[pair] = new
            self.pieces.append(b"".join(self.pieces[part] for part in pair))

    @classmethod
    def train(cls, text: str, merges: int) -> "BPE":
        """Learn at most so many merges from a text."""
        return cls(learn(text, merges))

    def __len__(self) -> int:
        return len(self.pieces)

    def __repr__(self) -> str:
        return f"BPE({len(self.merges)} merges, {len(self)} tokens)"
# --8<-- [end:bpe]

    # --8<-- [start:saved]
    def save(self, file: str | Path) -> None:
        """Write the merges to a file, as JSON: the whole, or nothing."""
        write_json(file, "byte pairs", merges=self.merges)

    @classmethod
    def load(cls, file: str | Path) -> "BPE":
        """The tokens that were saved there.

        Raises:
            ValueError: if the file cannot be read or holds something else.
        """
        found = read_json(file, "byte pairs")
        return cls(checked_merges(file, **found))
    # --8<-- [end:saved]

    # --8<-- [start:encode]
    def encode(self, text: str) -> list[int]:
        """The ids: within each piece, merge what was learned first first."""
        known: dict[str, Word] = {}
        ids: list[int] = []
        for piece in pre_tokenize(text):
            if piece not in known:
                known[piece] = self._merged(tuple(_utf8(piece)))
            ids += known[piece]
        return ids

    def _merged(self, word: Word) -> Word:
        while len(word) > 1:
            new = min(self.ids.get(pair, math.inf) for pair in pairwise(word))
            if new == math.inf:
                break
            pair = next(p for p in pairwise(word) if self.ids.get(p) == new)
            word = merge(word, pair, int(new))
        return word

    def decode(self, ids: Iterable[int] | Integer[Tensor, " n"]) -> str:
        """The text again; bytes that are no whole character become �.

        Raises:
            ValueError: for a number that no token has.
        """
        numbers = checked_ids(ids, len(self))
        data = b"".join(self.pieces[number] for number in numbers)
        try:
            return data.decode("utf8", "surrogatepass")
        except UnicodeDecodeError:
            return data.decode("utf8", "replace")
    # --8<-- [end:encode]


def _utf8(text: str) -> bytes:
    """The bytes of a text; half a surrogate pair, which UTF-8 bans, too."""
    return text.encode("utf8", "surrogatepass")
