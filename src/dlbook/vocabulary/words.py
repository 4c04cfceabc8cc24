"""From text to numbers: cut into tokens, count, number; and back again.

A vocabulary gives each token an id: first the special tokens, then the tokens
of a text, the most frequent first. A one-hot vector writes an id as a row of
zeros with a single one. `BPE`, which learns its tokens, stands in
`dlbook.vocabulary.bpe`; cutting Chinese into words in
`dlbook.vocabulary.segmentation`.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import torch
from jaxtyping import Integer, Shaped
from torch import Tensor

from dlbook._checking import refuse_ids, refuse_unless_whole
from dlbook.vocabulary._refusals import (
    checked_ids,
    checked_text,
    checked_tokens,
)
from dlbook.vocabulary._saved import (
    checked_vocabulary,
    read_json,
    write_json,
)
from dlbook.vocabulary.segmentation import WordList, segment

# --8<-- [start:running_text]
RULE = re.compile(r"\s*[-+|=~]")  # how a line of a table or a rule begins


def running_text(text: str) -> str:
    r"""The sentences in one long line, without tables and rules.

    >>> running_text("Boolean\n=======\n\n   They are true\n   or false.")
    'Boolean They are true or false.'
    """
    lines = checked_text(text).splitlines()
    sentences = " ".join(line for line in lines if not RULE.match(line))
    return " ".join(sentences.split())
# --8<-- [end:running_text]


# --8<-- [start:tokenize]
# A run of Chinese characters, a run of other letters, digits and _, or one
# sign. White space is in none of them: it is lost.
HAN = r"々〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WORD = re.compile(rf"[{HAN}]+|[^\W{HAN}]+|[^\w\s]")


def tokenize(
    text: str, by: str = "words", *, dictionary: WordList | None = None,
) -> list[str]:
    """Cut a text into tokens.

    >>> tokenize("Don't panic!")
    ['Don', "'", 't', 'panic', '!']
    >>> tokenize("你好！", by="characters")
    ['你', '好', '！']
    >>> tokenize("我们学Python。", dictionary=WordList({"我们": 2}))
    ['我们', '学', 'Python', '。']

    Args:
        text: any text.
        by: "words" (and signs; white space is lost) or "characters".
        dictionary: cut runs of Chinese characters into these words; without
            it, each run is one token.

    Raises:
        ValueError: for another `by`, or what is no text.
    """
    _refuse_misfits(text, by)
    if by == "characters":
        return list(text)
    runs = WORD.findall(text)
    if dictionary is None:
        return runs
    han = re.compile(f"[{HAN}]").match
    cuts = (segment(run, dictionary) if han(run) else [run] for run in runs)
    return [token for cut in cuts for token in cut]
# --8<-- [end:tokenize]


def _refuse_misfits(text, by) -> None:
    checked_text(text)
    if by not in ("words", "characters"):
        raise ValueError(f"by must be 'words' or 'characters', got {by!r}")


# --8<-- [start:vocabulary]
SPECIALS = ("<pad>", "<unk>", "<bos>", "<eos>")
PAD, UNK, BOS, EOS = range(4)  # filler, unknown, begin, end


class Vocabulary:
    """A number for each token: 0 to 3 are special, then the frequent first.

    >>> words = Vocabulary(["b", "a", "c", "b"])
    >>> words.tokens
    ['<pad>', '<unk>', '<bos>', '<eos>', 'b', 'a', 'c']
    >>> words.encode(["a", "b", "z"])
    [5, 4, 1]

    Args:
        tokens: all tokens of the training text, in any order. Of equally
            frequent ones, that with the smaller code points comes first.
        min_count: rarer tokens get no number.
        max_size: how many numbers there are at most, special ones included.

    Raises:
        ValueError: for numbers without sense, or a text instead of tokens.
    """

    def __init__(
        self, tokens: Iterable[str],
        *, min_count: int = 1, max_size: int | None = None,
    ) -> None:
        refuse_unless_whole(1, min_count=min_count)
        if max_size is not None:
            refuse_unless_whole(len(SPECIALS), max_size=max_size)
        self.counts = Counter(checked_tokens(tokens))
        for special in SPECIALS:  # a text cannot make one
            self.counts.pop(special, None)
        known = [t for t, n in self.counts.items() if n >= min_count]
        known.sort(key=lambda token: (-self.counts[token], token))
        self.tokens = [*SPECIALS, *known][:max_size]
        self.ids = {token: i for i, token in enumerate(self.tokens)}

    def __len__(self) -> int:
        return len(self.tokens)

    def __contains__(self, token: object) -> bool:
        return token in self.ids

    def __repr__(self) -> str:
        first = ", ".join(map(repr, self.tokens[len(SPECIALS) :][:3]))
        most = f"most frequent: {first or 'none'}"
        return f"Vocabulary({len(self)} tokens, {most})"
# --8<-- [end:vocabulary]

    # --8<-- [start:saved]
    def save(self, file: str | Path) -> None:
        """Write tokens and counts to a file, as JSON: the whole, or nothing."""
        write_json(file, "vocabulary", tokens=self.tokens, counts=self.counts)

    @classmethod
    def load(cls, file: str | Path) -> "Vocabulary":
        """The vocabulary that was saved there, with the same numbers.

        Raises:
            ValueError: if the file cannot be read or holds something else.
        """
        found = read_json(file, "vocabulary")
        words = cls([])
        words.tokens, counts = checked_vocabulary(file, SPECIALS, **found)
        words.counts = Counter(counts)
        words.ids = {token: i for i, token in enumerate(words.tokens)}
        return words
    # --8<-- [end:saved]

    # --8<-- [start:encode]
    def encode(self, tokens: Iterable[str], *, ends: bool = False) -> list[int]:
        """The ids; an unknown token becomes UNK, and so does "<eos>" in a text.

        Args:
            tokens: as `tokenize` gives them.
            ends: put BOS before and EOS behind.
        """
        ids = [
            UNK if token in SPECIALS else self.ids.get(token, UNK)
            for token in checked_tokens(tokens)
        ]
        return [BOS, *ids, EOS] if ends else ids

    def decode(self, ids: Iterable[int] | Integer[Tensor, " n"]) -> list[str]:
        """The tokens again; ids may be a list or a tensor.

        Raises:
            ValueError: for a number that no token has.
        """
        return [self.tokens[number] for number in checked_ids(ids, len(self))]
    # --8<-- [end:encode]


# --8<-- [start:one_hot]
def one_hot(
    ids: Integer[Tensor, "*n"], size: int,
    *, dtype: torch.dtype = torch.float32,
) -> Shaped[Tensor, "*n size"]:
    """For each id, `size` numbers: a 1 in the place of the id, else 0.

    >>> one_hot(torch.tensor([2, 0]), 3)
    tensor([[0., 0., 1.],
            [1., 0., 0.]])

    Args:
        ids: from 0 to size - 1, of any integer type and shape.
        size: of the vocabulary.
        dtype: of the result. `torch.nn.functional.one_hot` gives int64, which
            no layer multiplies.

    Raises:
        ValueError: for ids that are no integers, or too small or too large.
    """
    refuse_unless_whole(1, size=size)
    refuse_ids(ids, size)
    places = torch.arange(size, device=ids.device)
    return (ids[..., None] == places).to(dtype)
# --8<-- [end:one_hot]
