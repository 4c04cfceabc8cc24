"""From text to numbers: cut into tokens, count, number; and back again.

A vocabulary gives each token an id: first the special tokens, then the tokens
of a text, the most frequent first. A one-hot vector writes an id as a row of
zeros with a single one. `BPE`, which learns its tokens, stands in
`dlbook.bpe`; cutting Chinese into words in `dlbook.segmentation`.
"""

import re
from collections import Counter
from collections.abc import Iterable

import torch
from jaxtyping import Integer, Shaped
from torch import Tensor

from dlbook.bpe import BPE
from dlbook.checking import whole
from dlbook.segmentation import WordList, chinese_words, segment

__all__ = [
    "BOS", "BPE", "EOS", "PAD", "SPECIALS", "UNK", "Vocabulary", "chinese_words",
    "one_hot", "refuse_ids", "running_text", "tokenize",
]


# --8<-- [start:running_text]
RULE = re.compile(r"\s*[-+|=~]")  # how a line of a table or a rule begins


def running_text(text: str) -> str:
    r"""The sentences in one long line, without tables and rules.

    >>> running_text("Boolean\n=======\n\n   They are true\n   or false.")
    'Boolean They are true or false.'
    """
    lines = (line for line in text.splitlines() if not RULE.match(line))
    return " ".join(" ".join(lines).split())
# --8<-- [end:running_text]


# --8<-- [start:tokenize]
# A run of Chinese characters, a run of other letters, digits and _, or one
# sign. White space is in none of them: it is lost.
WORD = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+|[^\w\s]")


def tokenize(
    text: str, by: str = "words", *, dictionary: WordList | None = None,
) -> list[str]:
    """Cut a text into tokens.

    >>> tokenize("Don't panic!")
    ['Don', "'", 't', 'panic', '!']
    >>> tokenize("你好！", by="characters")
    ['你', '好', '！']
    >>> tokenize("我们学Python。", dictionary=chinese_words())
    ['我们', '学', 'Python', '。']

    Args:
        text: any text.
        by: "words" (and signs; white space is lost) or "characters".
        dictionary: cut runs of Chinese characters into these words; without
            it, each run is one token.

    Raises:
        ValueError: for another `by`.
    """
    if by == "characters":
        return list(text)
    if by != "words":
        raise ValueError(f"by must be 'words' or 'characters', got {by!r}")
    runs = WORD.findall(text)
    if dictionary is None:
        return runs
    cuts = (segment(r, dictionary) if r[0] >= "\u3400" else [r] for r in runs)
    return [token for cut in cuts for token in cut]
# --8<-- [end:tokenize]


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
        whole("min_count", min_count, 1)
        if max_size is not None:
            whole("max_size", max_size, len(SPECIALS))
        self.counts = Counter(_tokens(tokens))
        for special in SPECIALS:  # a text cannot make one
            self.counts.pop(special, None)
        known = [t for t, n in self.counts.items() if n >= min_count]
        known.sort(key=lambda token: (-self.counts[token], token))
        self.tokens = [*SPECIALS, *known][:max_size]
        self.ids = {token: i for i, token in enumerate(self.tokens)}

    def __len__(self) -> int:
        return len(self.tokens)
# --8<-- [end:vocabulary]

    # --8<-- [start:encode]
    def encode(self, tokens: Iterable[str], *, ends: bool = False) -> list[int]:
        """The ids; an unknown token becomes UNK, and so does "<eos>" in a text.

        Args:
            tokens: as `tokenize` gives them.
            ends: put BOS before and EOS behind.
        """
        ids = [
            UNK if token in SPECIALS else self.ids.get(token, UNK)
            for token in _tokens(tokens)
        ]
        return [BOS, *ids, EOS] if ends else ids

    def decode(self, ids: Iterable[int] | Integer[Tensor, " n"]) -> list[str]:
        """The tokens again; ids may be a list or a tensor.

        Raises:
            ValueError: for a number that no token has.
        """
        numbers = ids.tolist() if isinstance(ids, Tensor) else list(ids)
        for number in set(numbers):
            if not 0 <= whole("an id", number, 0) < len(self):
                raise ValueError(
                    f"ids go from 0 to {len(self) - 1}, got {number}"
                )
        return [self.tokens[number] for number in numbers]
    # --8<-- [end:encode]


def _tokens(tokens: Iterable[str]) -> list[str]:
    """The tokens as a list; a text is refused, for it would be cut anyhow."""
    if isinstance(tokens, str):
        raise ValueError(
            f"tokens must be a list: cut the text first, got {tokens[:20]!r}"
        )
    tokens = list(tokens)
    for token in tokens:
        if not isinstance(token, str):
            raise ValueError(f"a token is a text, got {token!r}")
    return tokens


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
    whole("size", size, 1)
    refuse_ids(ids, size)
    places = torch.arange(size, device=ids.device)
    return (ids[..., None] == places).to(dtype)
# --8<-- [end:one_hot]


def refuse_ids(ids: Tensor, size: int) -> None:
    """Refuse what does not number the tokens of a vocabulary of this size."""
    if not isinstance(ids, Tensor):
        raise ValueError(f"ids must be a tensor, got {type(ids).__name__}")
    kind = ids.dtype
    if kind.is_floating_point or kind.is_complex or kind == torch.bool:
        raise ValueError(f"ids must be integers, got {kind}")
    for wrong in ids[(ids < 0) | (ids >= size)].flatten()[:1].tolist():
        raise ValueError(f"ids go from 0 to {size - 1}, got {wrong}")
