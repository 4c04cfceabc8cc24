"""Words in a text without spaces: where does one end and the next begin?

Two ways to cut Chinese, both by a list that says how often each word is used.
`longest_match` always takes the longest word that fits. `segment` takes the
cut whose words are likeliest together, found by dynamic programming, as jieba
does (https://github.com/fxsjy/jieba, `cut` with `HMM=False`).
"""

import functools
import importlib.util
import math
from collections.abc import Mapping
from pathlib import Path

from dlbook._checking import checked_whole


# --8<-- [start:word_list]
class WordList:
    """Words, each with how often it was counted, from 1."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        for word, count in counts.items():
            if not isinstance(word, str) or not word:
                raise ValueError(f"a word is a text, not {word!r}")
            checked_whole(f"the count of {word!r}", count, 1)
        if not counts:
            raise ValueError("the list of words is empty")
        self.counts = dict(counts)
        self.total = sum(self.counts.values())
        self.longest = max(map(len, self.counts))  # in characters

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def __len__(self) -> int:
        return len(self.counts)

    def share(self, word: str) -> float:
        """How much of the counted text is this word; a new one counts 1."""
        return self.counts.get(word, 1) / self.total


@functools.cache
def chinese_words() -> WordList:
    """The dictionary of jieba (MIT licence), with its counts.

    >>> len(chinese_words()), chinese_words().counts["研究生"]
    (349045, 1816)
    """
    spec = importlib.util.find_spec("jieba")
    assert spec is not None
    assert spec.origin is not None
    lines = Path(spec.origin).with_name("dict.txt").read_text("utf8")
    rows = (line.split(" ") for line in lines.splitlines())
    return WordList({word: int(count) for word, count, _ in rows})
# --8<-- [end:word_list]


# --8<-- [start:longest_match]
def longest_match(run: str, words: WordList) -> list[str]:
    """From left to right, always the longest word; else one character.

    >>> longest_match("研究生物", chinese_words())  # to study living things
    ['研究生', '物']
    """
    cut, start = [], 0
    while start < len(run):
        end = min(len(run), start + words.longest)
        while end > start + 1 and run[start:end] not in words:
            end -= 1
        cut.append(run[start:end])
        start = end
    return cut
# --8<-- [end:longest_match]


# --8<-- [start:segment]
def segment(run: str, words: WordList) -> list[str]:
    """The cut into words whose shares, multiplied, give the most.

    A character that is no word counts as one that was seen once. Of cuts that
    are as good, it takes the one with the shorter last word.

    >>> segment("研究生物", chinese_words())
    ['研究', '生物']
    """
    best, start = [0.0], [0]  # for the first 0, 1, 2, … characters
    for j in range(1, len(run) + 1):
        best.append(-math.inf)
        start.append(j - 1)
        for i in range(max(0, j - words.longest), j):
            if i == j - 1 or run[i:j] in words:
                score = best[i] + math.log(words.share(run[i:j]))
                if score >= best[j]:
                    best[j], start[j] = score, i
    cut, end = [], len(run)
    while end > 0:
        cut.append(run[start[end] : end])
        end = start[end]
    return cut[::-1]
# --8<-- [end:segment]
