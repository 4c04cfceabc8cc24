"""How good is a caption? Word for word the same, or so many runs of words.

    exact match   share of the captions that are one of their references
    p_n           clipped n-grams that match / n-grams, over all captions
    BLEU          min(1, exp(1 - r / c)) * (p_1 p_2 … p_N)^(1/N)

`c` counts the words of all captions, `r` those of the references, for each
caption that of the nearest length. Papineni et al. (2002), "BLEU: a method
for automatic evaluation of machine translation", section 2. All scores go
from 0 to 1; what prints them up to 100, as sacrebleu does, has multiplied.
Captions are lists of words: how a text is cut into words changes the score,
so that whoever cuts must be seen to do it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count

from dlbook._checking import refuse_unless_whole

Words = Sequence[str]  # one caption; a text is refused


# --8<-- [start:exact_match]
def exact_match(
    captions: Sequence[Words], references: Sequence[Sequence[Words]]
) -> float:
    """The share of captions that are, word for word, one of their references.

    >>> exact_match([["a", "cat"], ["a", "dog"]],
    ...             [[["a", "cat"]], [["the", "dog"], ["a", "cat"]]])
    0.5

    Args:
        captions: what was said, each a list of words.
        references: for each caption, one or more right ones.
    """
    pairs = _checked(captions, references)
    return sum(caption in right for caption, right in pairs) / len(pairs)
# --8<-- [end:exact_match]


# --8<-- [start:clipped]
def ngrams(words: Words, n: int) -> Counter[tuple[str, ...]]:
    """How often each run of n words stands there."""
    starts = range(len(words) - n + 1)
    return Counter(tuple(words[i : i + n]) for i in starts)


def clipped_matches(
    caption: Words, references: Sequence[Words], n: int
) -> tuple[int, int]:
    """How many n-grams of the caption match, and how many it has.

    An n-gram counts at most as often as it stands in the one reference that
    has it most often.

    >>> clipped_matches(["the"] * 7, ["the cat is on the mat".split()], 1)
    (2, 7)
    """
    allowed: Counter[tuple[str, ...]] = Counter()
    for reference in references:
        allowed |= ngrams(reference, n)  # the larger count
    found = ngrams(caption, n)
    return (found & allowed).total(), found.total()  # the smaller one
# --8<-- [end:clipped]


# --8<-- [start:brevity]
def closest_length(caption: Words, references: Sequence[Words]) -> int:
    """Of the reference nearest in length; of two, that of the shorter."""
    lengths = map(len, references)
    return min(lengths, key=lambda r: (abs(r - len(caption)), r))


def brevity_penalty(c: int, r: int) -> float:
    """1, or less if the c words said are fewer than the r asked for."""
    if c >= r:
        return 1.0
    return math.exp(1 - r / c) if c else 0.0
# --8<-- [end:brevity]


# --8<-- [start:bleu]
def corpus_bleu(
    captions: Sequence[Words], references: Sequence[Sequence[Words]],
    *, max_n: int = 4, smoothing: str = "none", effective_order: bool = False,
) -> float:
    """BLEU of all captions together, from 0 to 1.

    Matches, n-grams and lengths are added up over the captions first: this is
    no mean of the scores of captions. sacrebleu's `corpus_bleu` has
    smoothing="exp", its `sentence_bleu` effective_order=True as well.

    Args:
        captions: what was said, each a list of words.
        references: for each caption, one or more right ones.
        max_n: the longest n-grams that count.
        smoothing: "none" as in the paper, where one n without a match makes
            the score 0; "exp" takes 1/2 for the matches of the first such n,
            1/4 for those of the second, and so on, if any word matches.
        effective_order: leave out every n for which no caption is long
            enough. Without, such an n makes the score 0.

    Raises:
        ValueError: for a text in place of a list of words, captions without
            references or of another number, or unknown options.
    """
    refuse_unless_whole(1, max_n=max_n)
    if smoothing not in ("none", "exp"):
        raise ValueError(
            f"smoothing must be 'none' or 'exp', got {smoothing!r}"
        )
    pairs = _checked(captions, references)
    matches, totals = zip(
        *(_added(pairs, n) for n in range(1, max_n + 1)), strict=True
    )
    if effective_order:
        totals = tuple(total for total in totals if total)
    mean = _geometric_mean(_precisions(matches, totals, smoothing))
    c = sum(len(caption) for caption, _ in pairs)
    r = sum(closest_length(*pair) for pair in pairs)
    return brevity_penalty(c, r) * mean


def sentence_bleu(
    caption: Words, references: Sequence[Words],
    *, max_n: int = 4, smoothing: str = "none", effective_order: bool = False,
) -> float:
    """BLEU of a single caption: that of a corpus which holds nothing else."""
    return corpus_bleu(
        [caption], [references], max_n=max_n, smoothing=smoothing,
        effective_order=effective_order)
# --8<-- [end:bleu]


def _added(pairs, n) -> tuple[int, int]:
    """The matches and the n-grams of all captions."""
    found = [clipped_matches(said, right, n) for said, right in pairs]
    matches, totals = zip(*found, strict=True)
    return sum(matches), sum(totals)


# --8<-- [start:precisions]
def _precisions(matches, totals, smoothing) -> list[float]:
    """Matches out of totals; smoothed, if one n has none but words match."""
    halved = count(1)
    smooth = smoothing == "exp" and any(matches)
    return [
        (right or (0.5 ** next(halved) if smooth else 0)) / total
        if total else 0.0
        for right, total in zip(matches, totals, strict=False)
    ]


def _geometric_mean(values) -> float:
    """The root of the product; of no values 0."""
    if not values or min(values) == 0:
        return 0.0
    return math.exp(sum(map(math.log, values)) / len(values))
# --8<-- [end:precisions]


def _checked(captions, references) -> list[tuple[list[str], list[list[str]]]]:
    """Each caption with its references, if all are lists of words."""
    said = _listed("captions", captions)
    right = _listed("references", references)
    if not said or len(said) != len(right):
        raise ValueError(
            "captions must be at least one, each with its references,"
            f" got {len(said)} captions and references of {len(right)}"
        )
    return [
        (_words(f"caption {i}", caption), _references(i, each))
        for i, (caption, each) in enumerate(zip(said, right, strict=True))
    ]


def _references(i, references) -> list[list[str]]:
    found = _listed(f"references of caption {i}", references)
    if not found:
        raise ValueError(f"references of caption {i} must be at least one")
    return [_words(f"a reference of caption {i}", each) for each in found]


def _words(name, words) -> list[str]:
    found = _listed(name, words)
    for word in found:
        if not isinstance(word, str):
            raise ValueError(f"{name} must be a list of words, got {word!r}")
    return found


def _listed(name, values) -> list:
    """The values as a list; a text is refused, for it would be cut anyhow."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise ValueError(f"{name} must be a list, not a text, got {values!r}")
    return list(values)
